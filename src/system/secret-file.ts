import { closeSync, constants, fstatSync, openSync, realpathSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { Fault } from '../core/fault.ts';
import { missing, readBounded, unreadable } from './bounded-read.ts';

/** In bytes. A key has some thousand. */
const largest = 64 * 1024;

/**
 * The text of a file that holds a secret: absolute, a regular file of at most 64 KiB, not a window into the machine
 * (security rule 2). Links are followed first, as mounted secrets are links. Messages of faults go on after the file's
 * name, which they leave out: a path from a variable may be the secret itself.
 */
export function readSecretFile(path: string): string | Fault {
  if (!isAbsolute(path) || path.includes('\0')) return relative;
  try {
    const real = realpathSync(path);
    if (/^\/(?:proc|sys|dev)(?:\/|$)/.test(real)) return special;
    // Nothing may be put in the file's place in between, and a pipe must not make us wait.
    return readRegular(
      openSync(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)),
    );
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing : unreadable;
  }
}

function readRegular(file: number): string | Fault {
  try {
    return fstatSync(file).isFile() ? readBounded(file, largest) : special;
  } finally {
    closeSync(file);
  }
}

const relative: Fault = {
  code: 'file-path-relative',
  message: 'is not named by an absolute path',
  hint: 'Write the whole path, from the root on. On GitLab give the variable the type File.',
};
const special: Fault = {
  code: 'file-special',
  message: 'is not a regular file',
  hint: 'Put the secret into a regular file outside /proc, /sys and /dev, or into a variable.',
};
