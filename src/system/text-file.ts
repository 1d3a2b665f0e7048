import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { Failure } from '../core/failure.ts';

/** In bytes; more than any of these files has. */
const largest = 64 * 1024 * 1024;

/**
 * The text of a file that may be missing; null when it cannot be read or is no regular file: a pipe or a device that was
 * put in its place would hold us up for ever.
 */
export function readTextFile(path: string): string | null {
  try {
    return path === '' ? null : readRegular(path, 'utf8');
  } catch {
    return null;
  }
}

/**
 * A file of the user that is to be written back; null when there is none. As `latin1` each byte is a character, so that
 * one in any encoding can become what it was.
 * @throws Failure `refused` when it is there and cannot be read, or is no regular file: then it must not be replaced.
 */
export function readOwnFile(path: string, encoding: 'utf8' | 'latin1'): string | null {
  try {
    const text = readRegular(path, encoding);
    if (text !== null) return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  }
  throw new Failure('refused', `The file cannot be read, so it is left as it is: ${path}.`, {
    hint: 'Look at its owner, its mode and its kind, or use `private` instead of `home`.',
  });
}

/** UTF-8 as `readOwnFile` gives it. */
export function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function readRegular(path: string, encoding: 'utf8' | 'latin1'): string | null {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = fstatSync(file);
    return facts.isFile() && facts.size <= largest ? readFileSync(file, encoding) : null;
  } finally {
    closeSync(file);
  }
}
