import { join } from 'node:path';
import type { GitFacts, UserRewrite } from '../core/session/session-warnings.ts';
import { ask, type Question } from './program.ts';
import { readTextFile } from './text-file.ts';

/**
 * What git and its user's configuration say. One process answers both: its trace begins with its version, and an older
 * git, which has no such trace, is too old in any case.
 * https://git-scm.com/docs/api-trace2
 */
export async function readGitFacts({ cwd, env, workspace }: GitPlace): Promise<GitFacts> {
  const words = ['config', '--null', '--get-regexp', '^url\\..*\\.(push)?insteadof$'];
  const traced = { ...env, GIT_TRACE2: '2', GIT_TRACE2_BRIEF: '1' };
  const answer = await ask({ program: 'git', words, cwd, env: traced, workspace });
  return {
    version: answer === null ? null : parseVersion(answer.stderr),
    rewrites: (answer?.stdout ?? '').split('\0').flatMap(parseRule),
    netrc: env.HOME === undefined ? null : readTextFile(join(env.HOME, '.netrc')),
  };
}

type GitPlace = Pick<Question, 'cwd' | 'env' | 'workspace'>;

function parseVersion(trace: string): GitFacts['version'] {
  const [, major, minor] = /^version (\d+)\.(\d+)/m.exec(trace) ?? [];
  return major === undefined ? [0, 0] : [Number(major), Number(minor)];
}

/** A key, which ends in the kind of rule, and below it what addresses begin with. */
function parseRule(entry: string): readonly UserRewrite[] {
  const end = entry.indexOf('\n');
  if (end < 0) return [];
  const kind = entry.slice(0, end).endsWith('.pushinsteadof') ? 'pushInsteadOf' : 'insteadOf';
  return [{ kind, from: entry.slice(end + 1) }];
}
