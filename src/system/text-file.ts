import { readFileSync } from 'node:fs';

/** The text of a file that may be missing; null when it cannot be read. */
export function readTextFile(path: string): string | null {
  try {
    return path === '' ? null : readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
