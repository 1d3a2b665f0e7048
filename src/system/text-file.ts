import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** In bytes; more than any of these files has. */
const largest = 64 * 1024 * 1024;

/**
 * The text of a file that may be missing; null when it cannot be read or is no regular file: a pipe or a device that was
 * put in its place would hold us up for ever.
 */
export function readTextFile(path: string): string | null {
  try {
    return path === '' ? null : readRegular(openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  } catch {
    return null;
  }
}

/**
 * The bytes of a file of the user, one character for each, so that a file in any encoding can be written back as it was;
 * null when there is none.
 * @throws the system's error when it is there and cannot be read: then it must not be replaced either.
 */
export function readBytes(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** UTF-8 as `readBytes` gives it. */
export function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function readRegular(file: number): string | null {
  try {
    const facts = fstatSync(file);
    return facts.isFile() && facts.size <= largest ? readFileSync(file, 'utf8') : null;
  } finally {
    closeSync(file);
  }
}
