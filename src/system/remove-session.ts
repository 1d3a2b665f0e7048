import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sessionAt, type UserId } from './find-sessions.ts';
import type { SessionFolder } from './session-folder.ts';

/**
 * Removes a session folder with everything in it, secrets first, without following links. Looks again whether it is the
 * same one.
 * @throws the system's error when something in it cannot be removed; it stays a session then, for the next to try.
 */
export function removeSession({ path, record }: SessionFolder, user: UserId): void {
  if (sessionAt(path, user) === null) return;
  errorOf(() => chmodSync(path, 0o711));
  const errors = namesIn(path).flatMap((name) => errorOf(() => removeAll(join(path, name))));
  if (errors.length > 0) throw errors[0];
  removeAll(path);
  if (record.pointer !== null) removePointer(record.pointer, path);
}

const secrets = ['secret', 'docker', 'containers'];

/** What another user put into one folder must not keep the others, and the record goes last. */
function namesIn(path: string): readonly string[] {
  const others = readdirSync(path).filter((name) => !secrets.includes(name) && name !== 'session.json');
  return [...secrets, ...others];
}

function removeAll(path: string): void {
  try {
    remove(path);
  } catch {
    openUp(path);
    remove(path);
  }
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

/** A tool, or who wants the secrets to stay, may have taken our own rights to a folder. */
function openUp(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  errorOf(() => chmodSync(path, 0o700));
  errorOf(() => {
    for (const name of readdirSync(path)) openUp(join(path, name));
  });
}

function errorOf(action: () => void): readonly unknown[] {
  try {
    action();
    return [];
  } catch (error) {
    return [error];
  }
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
