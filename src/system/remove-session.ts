import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sessionAt, type UserId } from './find-sessions.ts';
import type { SessionFolder } from './session-folder.ts';

/**
 * Removes a session folder with everything in it, secrets first, without following links. Looks again whether it is the
 * same one.
 * @throws the system's error when something in it cannot be removed.
 */
export function removeSession({ path, record }: SessionFolder, user: UserId): void {
  if (sessionAt(path, user) === null) return;
  for (const name of ['secret', 'docker', 'containers', '']) {
    rmSync(join(path, name), { recursive: true, force: true, maxRetries: 3 });
  }
  if (record.pointer !== null) removePointer(record.pointer, path);
}

/** Only a file of the name that we give pointers, and only when it leads here. */
function removePointer(pointer: string, path: string): void {
  if (!/^pipeline-credentials-[0-9a-f]{32}\.at$/.test(basename(pointer))) return;
  try {
    if (readFileSync(pointer, 'utf8').trim() === path) rmSync(pointer, { force: true });
  } catch {
    // It is gone already.
  }
}
