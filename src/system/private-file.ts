import { dirname } from 'node:path';
import type { Secret } from '../core/secret.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { ensureFolder } from './ensure-folder.ts';

/**
 * Writes a secret into a file of mode 0600, in folders of mode 0700 where they are made. It is on the disk, and not
 * only on its way, when this returns; readers see the old text or the new.
 * @throws the system's error; nothing is left behind then.
 */
export function writePrivateFile(path: string, text: Secret): void {
  ensureFolder(dirname(path), 0o700);
  writeFileAtomically(path, { content: text.reveal(), mode: 0o600, isDurable: true });
}
