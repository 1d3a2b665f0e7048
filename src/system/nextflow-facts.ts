import { isAbsolute, join } from 'node:path';
import type { Env } from '../core/env.ts';
import type { NextflowFacts } from '../core/session/nextflow-facts.ts';
import { findProgram, type Question } from './program.ts';
import { readTextFile } from './text-file.ts';

/**
 * What Nextflow has on this machine: its scm file, which `NXF_SCM_FILE` may name, also in some other storage.
 * https://www.nextflow.io/docs/latest/git.html
 */
export function readNextflowFacts({ env, workspace }: Pick<Question, 'env' | 'workspace'>): NextflowFacts {
  const named = env.NXF_SCM_FILE || null;
  const isPath = named === null || isAbsolute(named);
  const home = env.NXF_HOME || (env.HOME ? join(env.HOME, '.nextflow') : null);
  const usual = home === null ? null : readTextFile(join(home, 'scm'));
  const scm = named === null ? usual : isPath ? readTextFile(named) : null;
  const variables = Object.keys(env).filter((name) => name.startsWith('NXF_') && !isOfSession(name, env));
  return {
    scm,
    elsewhere: !isPath,
    isUsed:
      usual !== null || variables.length > 0 || findProgram('nextflow', env.PATH ?? '', workspace) !== null,
  };
}

/** An earlier setup of the job names a file too, which tells nothing of Nextflow. */
function isOfSession(name: string, { NXF_SCM_FILE, PIPELINE_CREDENTIALS_SESSION }: Env): boolean {
  if (name !== 'NXF_SCM_FILE' || !NXF_SCM_FILE || !PIPELINE_CREDENTIALS_SESSION) return false;
  return NXF_SCM_FILE.startsWith(`${PIPELINE_CREDENTIALS_SESSION}/`);
}
