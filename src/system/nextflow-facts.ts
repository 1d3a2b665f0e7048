import { isAbsolute, join } from 'node:path';
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
  const path = named ?? (home === null ? null : join(home, 'scm'));
  const scm = isPath && path !== null ? readTextFile(path) : null;
  const hasVariables = Object.keys(env).some((name) => name.startsWith('NXF_'));
  return {
    scm,
    elsewhere: !isPath,
    isUsed: scm !== null || hasVariables || findProgram('nextflow', env.PATH ?? '', workspace) !== null,
  };
}
