import { closeSync, constants, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Secret } from '../core/secret.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { ensureFolder } from './ensure-folder.ts';
import { sweepLeftOvers } from './left-overs.ts';

/**
 * Writes a secret into a file of mode 0600, in folders of mode 0700 where they are made. It is on the disk, and not
 * only on its way, when this returns; readers see the old text or the new.
 * @throws the system's error; nothing is left behind then.
 */
export function writePrivateFile(path: string, text: Secret): void {
  ensureFolder(dirname(path), 0o700);
  sweepLeftOvers(path);
  writeFileAtomically(path, { content: text.reveal(), mode: 0o600, isDurable: true });
}

/**
 * Adds to a private file that is there, on the disk when this returns. It is one write into room that the file mostly has
 * already: nothing else is as likely to work, and nothing is left beside it.
 * @throws the system's error.
 */
export function addToPrivateFile(path: string, text: Secret): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0));
  try {
    writeFileSync(file, text.reveal());
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
