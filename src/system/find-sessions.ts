import { lstatSync, readdirSync, readFileSync, rmdirSync, unlinkSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parseRecord } from '../core/session/record.ts';
import { identityOf, type SessionFolder } from './session-folder.ts';

/** Who we are: files of others are never ours; null where the system has no user ids. */
export type UserId = number | null;

const folderName = /^pipeline-credentials-[0-9a-f]{32}$/;
/** Of all that a setup writes into a temp folder. */
const remnantName = /^pipeline-credentials-[0-9a-f]{32}(?:\.at(?:\.[0-9a-f]{12}\.new)?)?$/;
const pointerName = /^pipeline-credentials-[0-9a-f]{32}\.at$/;

/**
 * The session at a path, or null when there is none to trust: it must be a folder and no link, be ours, carry our
 * marker, and be the folder that was marked, not a copy of it (security rule 19).
 */
export function sessionAt(path: string, user: UserId): SessionFolder | null {
  try {
    if (!lstatSync(path).isDirectory() || !isOurs(path, user)) return null;
    const file = join(path, 'session.json');
    if (!lstatSync(file).isFile() || !isOurs(file, user)) return null;
    const record = parseRecord(readFileSync(file, 'utf8'));
    const { device, inode } = identityOf(path);
    const isSame = record?.identity.device === device && record.identity.inode === inode;
    return record !== null && isSame ? { path, record } : null;
  } catch {
    return null;
  }
}

/** Every session of ours that was made in a temp folder, or from there elsewhere; the newest first. */
export function sessionsIn(root: string, user: UserId): readonly SessionFolder[] {
  const names = readNames(root);
  const here = names.filter((name) => folderName.test(name)).map((name) => join(root, name));
  const elsewhere = names
    .filter((name) => pointerName.test(name))
    .flatMap((name) => pointedAt(join(root, name), user));
  return [...here, ...elsewhere]
    .flatMap((path) => sessionAt(path, user) ?? [])
    .sort((a, b) => b.record.created - a.record.created);
}

/** Milliseconds after which a folder without a record, or a file that was to become another, is one of the killed. */
const unfinished = 60_000;

/** Removes folders and pointers of ours that a killed setup left before there was a session. */
export function removeRemnants(root: string, user: UserId, now: Date): void {
  for (const name of readNames(root)) {
    const path = join(root, name);
    if (!remnantName.test(name)) continue;
    attempt(() => {
      if (!isOurs(path, user) || now.getTime() - lstatSync(path).mtimeMs < unfinished) return;
      if (folderName.test(name)) return removeUnfinished(path);
      const places = pointerName.test(name) ? pointedAt(path, user) : [];
      if (places.some((folder) => sessionAt(folder, user) !== null)) return;
      unlinkSync(path);
      for (const folder of places) attempt(() => isOurs(folder, user) && removeUnfinished(folder));
    });
  }
}

/** Only a folder without anything in it but half a record goes away this way. */
function removeUnfinished(folder: string): void {
  const names = readdirSync(folder);
  if (!names.every((name) => /^session\.json\.[0-9a-f]{12}\.new$/.test(name))) return;
  for (const name of names) unlinkSync(join(folder, name));
  rmdirSync(folder);
}

function pointedAt(pointer: string, user: UserId): readonly string[] {
  try {
    if (!lstatSync(pointer).isFile() || !isOurs(pointer, user)) return [];
    const path = readFileSync(pointer, 'utf8').trim();
    return isAbsolute(path) ? [path] : [];
  } catch {
    return [];
  }
}

function isOurs(path: string, user: UserId): boolean {
  return user === null || lstatSync(path).uid === user;
}

function readNames(root: string): readonly string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // It is in use, or gone meanwhile.
  }
}
