import { closeSync, existsSync, fchmodSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { addInclude, type GitHomeEdit, removeInclude } from '../core/session/git-home-edit.ts';
import { changeHomeFile, type HomeChange, type HomeFile, type NewText } from './home-file.ts';
import { asBytes, readOwnFile } from './text-file.ts';

/** git's own file of the user. */
export const gitHome: HomeFile<GitHomeEdit> = {
  name: '.gitconfig',
  input: 'git',
  written: ({ written }) => written,
  undo: removeInclude,
  rewrite: rewriteAsGitDoes,
  tidy: removeLock,
  mode: (before) => before ?? 0o644,
  inUse: {
    message: "Another job has signed in through this user's own gitconfig.",
    hint: 'Use `git: private`, which jobs do not share, or wait for the other job.',
  },
};

export interface GitHomeChange extends Omit<HomeChange<GitHomeEdit>, 'edit'> {
  /** Absolute path of the session's gitconfig. */
  readonly configFile: string;
}

/**
 * Includes a session's gitconfig in the user's own, for programs that read only that (security rule 24).
 * @throws Failure `refused` when another session does so already.
 */
export function changeGitHome({ configFile, ...change }: GitHomeChange): void {
  changeHomeFile(gitHome, { ...change, edit: (original) => addInclude(original, asBytes(configFile)) });
}

/** git takes `.gitconfig.lock` before it reads, and renames it; so a `git config --global` beside us loses nothing. */
function rewriteAsGitDoes(path: string, change: (current: string | null) => NewText | null): void {
  const lock = `${path}.lock`;
  const file = openWhenFree(lock);
  let isOurs = true;
  try {
    const made = change(readOwnFile(path, 'latin1'));
    if (made === null) {
      rmSync(path, { force: true });
    } else {
      fchmodSync(file, made.mode);
      writeFileSync(file, made.text, 'latin1');
      renameSync(lock, path);
      // From here on it may be somebody else's.
      isOurs = false;
    }
  } finally {
    closeSync(file);
    if (isOurs) rmSync(lock, { force: true });
  }
}

/** A lock that is left keeps the user from configuring git. */
function removeLock(path: string): void {
  const lock = `${path}.lock`;
  if (!existsSync(lock)) return;
  closeSync(openWhenFree(lock));
  rmSync(lock, { force: true });
}

/** Takes a lock; whoever has it for more than a second is gone. It is made anew: a link would lead to another file. */
function openWhenFree(lock: string): number {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return openSync(lock, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
  rmSync(lock, { force: true });
  return openSync(lock, 'wx', 0o600);
}
