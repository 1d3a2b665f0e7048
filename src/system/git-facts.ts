import { join } from 'node:path';
import type { GitFacts, UserRewrite } from '../core/session/session-warnings.ts';
import { ask, type Question } from './program.ts';
import { readTextFile } from './text-file.ts';

/** What git and its user's configuration say, asked in two processes at once. */
export async function readGitFacts(place: Pick<Question, 'cwd' | 'env' | 'workspace'>): Promise<GitFacts> {
  const git = (...words: readonly string[]) => ask({ program: 'git', words, ...place });
  const pattern = '^url\\..*\\.(push)?insteadof$';
  const [version, rules] = await Promise.all([
    git('--version'),
    git('config', '--null', '--get-regexp', pattern),
  ]);
  return {
    version: parseVersion(version ?? ''),
    rewrites: (rules ?? '').split('\0').flatMap(parseRule),
    netrc: place.env.HOME === undefined ? null : readTextFile(join(place.env.HOME, '.netrc')),
  };
}

function parseVersion(text: string): GitFacts['version'] {
  const [, major, minor] = /^git version (\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined ? null : [Number(major), Number(minor)];
}

/** A key, which ends in the kind of rule, and below it what addresses begin with. */
function parseRule(entry: string): readonly UserRewrite[] {
  const end = entry.indexOf('\n');
  if (end < 0) return [];
  const kind = entry.slice(0, end).endsWith('.pushinsteadof') ? 'pushInsteadOf' : 'insteadOf';
  return [{ kind, from: entry.slice(end + 1) }];
}
