import { execFile } from 'node:child_process';
import { findProgram } from './program.ts';

export interface LsRemote {
  readonly url: string;
  /** Without our secrets (security rule 21). */
  readonly env: Readonly<Record<string, string>>;
  /** Where git runs: outside of any repository, whose configuration it would read. */
  readonly cwd: string;
  readonly workspace: string | null;
  readonly signal: AbortSignal;
}

/** What git printed, and whether it got there; `said` is what it and ssh complain of, raw. */
export interface Listed {
  readonly ok: boolean;
  readonly refs: string;
  readonly said: string;
}

/** Milliseconds that git and ssh may take. */
const patience = 30_000;

/** Runs `git ls-remote`; null when there is no git here. */
export async function lsRemote({ url, env, cwd, workspace, signal }: LsRemote): Promise<Listed | null> {
  const git = findProgram('git', env.PATH ?? '', workspace);
  if (git === null) return null;
  const words = ['ls-remote', '--symref', '--', url];
  return new Promise((resolve) => {
    const options = { cwd, env, signal, timeout: patience, maxBuffer: 64 * 1024 * 1024, windowsHide: true };
    const child = execFile(git, words, options, (error, refs, said) =>
      resolve({ ok: error === null, refs, said }),
    );
    child.stdin?.end();
  });
}
