import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { platform } from 'node:os';
import { dirname } from 'node:path';

export interface AtomicFile {
  readonly content: string;
  /** Set whatever the umask. */
  readonly mode: number;
  /** Where to write before it takes the file's place, so that somebody can find it should we be killed; a random name by default. */
  readonly temporary?: string;
  /** Whether it must be on the disk, and not only on its way, when this returns. */
  readonly isDurable?: boolean;
}

/**
 * Writes a file so that readers see the old content or the new, never a part.
 * @throws the system's error; nothing is left behind then.
 */
export function writeFileAtomically(path: string, file: AtomicFile): void {
  const { temporary = randomName(path), isDurable = false } = file;
  try {
    writeNew(temporary, file);
    renameSync(temporary, path);
    if (isDurable) syncFolder(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Makes a file that is not there yet, with its content at once; false when there is one.
 * @throws the system's error; nothing is left behind then.
 */
export function createFileAtomically(path: string, file: AtomicFile): boolean {
  const { temporary = randomName(path) } = file;
  try {
    writeNew(temporary, file);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function writeNew(path: string, { content, mode, isDurable = false }: AtomicFile): void {
  const file = openSync(path, 'wx', mode);
  try {
    fchmodSync(file, mode);
    writeFileSync(file, content);
    if (isDurable) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The new name is on the disk too. Windows cannot do this to a folder. */
function syncFolder(path: string): void {
  if (platform() === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function randomName(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.new`;
}
