import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { Fault } from '../core/fault.ts';

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
    const stat = fstatSync(file);
    if (!stat.isFile()) return special;
    if (stat.size > largest) return tooLarge;
    const bytes = Buffer.alloc(largest + 1);
    const length = readAll(file, bytes);
    return length > largest ? tooLarge : decoded(bytes.subarray(0, length));
  } finally {
    closeSync(file);
  }
}

function readAll(file: number, bytes: Buffer): number {
  for (let length = 0; ; ) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    length += read;
    if (read === 0 || length === bytes.length) return length;
  }
}

function decoded(bytes: Buffer): string | Fault {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return notText;
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
const missing: Fault = {
  code: 'file-missing',
  message: 'does not exist',
  hint: 'Check the path, and that the file is there in this job.',
};
const unreadable: Fault = {
  code: 'file-unreadable',
  message: 'cannot be read',
  hint: 'Check its owner and mode, and those of its folders.',
};
const tooLarge: Fault = {
  code: 'file-large',
  message: 'has more than 64 KiB',
  hint: 'Check the path: a secret is smaller.',
};
const notText: Fault = {
  code: 'file-encoding',
  message: 'is not UTF-8 text',
  hint: 'Save it as UTF-8; binary keys must be converted to PEM.',
};
