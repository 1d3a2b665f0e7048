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

function readRegular(file: number): string | null {
  try {
    const facts = fstatSync(file);
    return facts.isFile() && facts.size <= largest ? readFileSync(file, 'utf8') : null;
  } finally {
    closeSync(file);
  }
}
