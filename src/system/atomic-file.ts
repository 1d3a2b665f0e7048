import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

export interface AtomicFile {
  readonly content: string;
  /** Set whatever the umask. */
  readonly mode: number;
  /** Where to write before it takes the file's place, so that somebody can find it should we be killed; a random name by default. */
  readonly temporary?: string;
}

/**
 * Writes a file so that readers see the old content or the new, never a part.
 * @throws the system's error; nothing is left behind then.
 */
export function writeFileAtomically(
  path: string,
  { content, mode, temporary = randomName(path) }: AtomicFile,
): void {
  try {
    const file = openSync(temporary, 'wx', mode);
    try {
      fchmodSync(file, mode);
      writeFileSync(file, content);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function randomName(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.new`;
}
