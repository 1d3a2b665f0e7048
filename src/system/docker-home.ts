import { randomBytes } from 'node:crypto';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import { editFile, type HomeEdit, undoEdit } from '../core/session/home-edit.ts';
import { isObject, type JsonObject, parseObject } from '../core/session/json.ts';
import type { Identity } from '../core/session/record.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { readTextFile } from './text-file.ts';

/** The lock beside docker's own file: who changed it, and how to undo that. Holds what the file held, so 0600. */
interface HomeLock {
  /** The session's folder. */
  readonly session: string;
  readonly identity: Identity;
  readonly edit: HomeEdit;
  /** Of the file before; null when there was none. */
  readonly mode: number | null;
  readonly madeFolder: boolean;
}

export interface HomeChange {
  /** The user's HOME. */
  readonly home: string;
  readonly session: { readonly path: string; readonly identity: Identity };
  /** What the file is to say, from what it says. */
  readonly want: (config: JsonObject | null) => JsonObject;
  /** Whether a session that holds the lock still lives. */
  readonly isAlive: (session: { readonly path: string; readonly identity: Identity }) => boolean;
}

/** Where the lock of a HOME is. */
export function homeLockOf(home: string): string {
  return join(home, '.docker', 'config.json.pipeline-credentials');
}

/**
 * Changes docker's own file for one session at a time (security rule 24); how to undo it is on disk before it is done.
 * @throws Failure `refused` when another session holds it or the file is no JSON, `session-failed` when it cannot be written.
 */
export function changeDockerHome(change: HomeChange): void {
  const lockPath = homeLockOf(change.home);
  const held = readLock(lockPath);
  if (held !== null && change.isAlive({ path: held.session, identity: held.identity })) throw inUse();
  if (held !== null) undoDockerHome(change.home);
  const madeFolder = makeFolder(join(change.home, '.docker'));
  const file = fileOf(change.home);
  const original = readTextFile(file);
  if (original !== null && parseObject(original) === null) throw broken(file);
  const edit = editFile(original, change.want(original === null ? null : parseObject(original)));
  const { path, identity } = change.session;
  const mode = original === null ? null : statSync(file).mode & 0o777;
  takeLock(lockPath, { session: path, identity, edit, mode, madeFolder });
  writeFileAtomically(file, edit.written, 0o600);
}

/** Takes the change back, whatever others did to the file meanwhile. Does nothing when there is none. */
export function undoDockerHome(home: string): void {
  const lock = readLock(homeLockOf(home));
  if (lock === null) return;
  const file = fileOf(home);
  const current = readTextFile(file);
  const undone = current === null ? null : undoEdit(current, lock.edit);
  if (undone !== null) writeFileAtomically(file, undone, lock.mode ?? 0o600);
  else if (current !== null) rmSync(file, { force: true });
  rmSync(homeLockOf(home), { force: true });
  if (lock.madeFolder) removeEmptyFolder(join(home, '.docker'));
}

/** The session that holds a HOME's lock. */
export function homeHolder(home: string): Pick<HomeLock, 'session' | 'identity'> | null {
  return readLock(homeLockOf(home));
}

/** A link to a file elsewhere stays one: what it leads to is changed. */
function fileOf(home: string): string {
  const path = join(home, '.docker', 'config.json');
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function readLock(path: string): HomeLock | null {
  try {
    if (!lstatSync(path).isFile()) return null;
    const lock = parseObject(readFileSync(path, 'utf8'));
    return lock !== null && isObject(lock.edit) && typeof lock.session === 'string'
      ? (lock as unknown as HomeLock)
      : null;
  } catch {
    return null;
  }
}

/** A link is made or not; so there is never a lock that says a half. */
function takeLock(path: string, lock: HomeLock): void {
  const whole = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(whole, `${JSON.stringify(lock)}\n`, { flag: 'wx', mode: 0o600 });
    linkSync(whole, path);
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'EEXIST' ? inUse() : cause;
  } finally {
    rmSync(whole, { force: true });
  }
}

function makeFolder(path: string): boolean {
  return mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined;
}

function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Others put something there.
  }
}

function inUse(): Failure {
  return new Failure('refused', "Another job has signed in through this user's own docker file.", {
    hint: 'Use `docker: private`, which jobs do not share, or wait for the other job.',
  });
}

function broken(file: string): Failure {
  return new Failure('refused', `docker's own file is no JSON: ${file}.`, {
    hint: 'Mend it, or use `docker: private`.',
  });
}
