import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { dirname } from 'node:path';
import type { Secret } from '../core/secret.ts';
import { ensureFolder } from './ensure-folder.ts';

/**
 * Writes a secret into a file of mode 0600, in folders of mode 0700 where they are made. It is on the disk, and not
 * only on its way, when this returns; readers see the old text or the new.
 * @throws the system's error; nothing is left behind then.
 */
export function writePrivateFile(path: string, text: Secret): void {
  ensureFolder(dirname(path), 0o700);
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      fchmodSync(file, 0o600);
      writeFileSync(file, text.reveal());
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
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
