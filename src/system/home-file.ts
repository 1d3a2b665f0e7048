import { lstatSync, readFileSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../core/failure.ts';
import { isObject, parseObject } from '../core/json.ts';
import { type Identity, isIdentity } from '../core/session/record.ts';
import { createFileAtomically } from './atomic-file.ts';
import { ensureFolder } from './ensure-folder.ts';

/** How a program's own file in the user's HOME is changed, and the change taken back. */
export interface HomeFile<Edit> {
  /** Below HOME: `.docker/config.json`. */
  readonly name: string;
  /** The input that asks for it, with `home`. */
  readonly input: 'git' | 'docker';
  /** What to write, of which the rest is for undoing it. */
  readonly written: (edit: Edit) => string;
  /** What the file must say once the change is taken back, whatever others did to it; null when it must go. */
  readonly undo: (current: string, edit: Edit) => string | null;
  /** Gives what the file says, null when there is none, and writes what comes back for a session; null removes it. */
  readonly rewrite: (
    path: string,
    change: (current: string | null) => NewText | null,
    session: Identity,
  ) => void;
  /** Removes what a rewriting for a session that was killed may have left beside the file. */
  readonly tidy: (path: string, session: Identity) => void;
  /** The mode while a session has changed it, of what the file had; null when there was none. */
  readonly mode: (before: number | null) => number;
  /** What to do instead when another session has it. */
  readonly inUse: { readonly message: string; readonly hint: string };
}

export interface NewText {
  readonly text: string;
  readonly mode: number;
}

/** A session folder. */
export interface HomeSession {
  readonly path: string;
  readonly identity: Identity;
}

/** The lock beside the file: who changed it, and how to undo that. Holds what the file held, so 0600. */
interface HomeLock {
  readonly session: string;
  readonly identity: Identity;
  readonly edit: unknown;
  /** Of the file before; null when there was none. */
  readonly mode: number | null;
  readonly madeFolder: boolean;
}

export interface HomeChange<Edit> {
  /** The user's HOME. */
  readonly home: string;
  readonly session: HomeSession;
  /** From what the file says, null when there is none. */
  readonly edit: (original: string | null, path: string) => Edit;
  /** Whether a session that holds the lock still lives. */
  readonly isAlive: (session: HomeSession) => boolean;
}

/** Where the lock of a HOME's file is. */
export function lockOf({ name }: HomeFile<never>, home: string): string {
  return join(home, ...`${name}.pipeline-credentials`.split('/'));
}

/**
 * Changes a file for one session at a time (security rule 24); how to undo it is on disk before it is done.
 * @throws Failure `refused` when another session holds it, `session-failed` when it cannot be written.
 */
export function changeHomeFile<Edit>(file: HomeFile<Edit>, change: HomeChange<Edit>): void {
  try {
    changeFor(file, change);
  } catch (error) {
    throw error instanceof Failure ? error : cannotChange(file, change.home, error);
  }
}

function cannotChange({ name, input }: HomeFile<never>, home: string, cause: unknown): Failure {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException;
  return new Failure('session-failed', `${join(home, name)} cannot be changed: ${code}.`, {
    hint: `Check that HOME may be written to, or use \`${input}: private\`, which leaves it alone.`,
    cause,
  });
}

function changeFor<Edit>(file: HomeFile<Edit>, change: HomeChange<Edit>): void {
  const { home } = change;
  const held = readLock(lockOf(file, home));
  if (held !== null && change.isAlive({ path: held.session, identity: held.identity })) throw inUse(file);
  if (held !== null) undoHomeFile(file, home);
  const path = pathOf(file, home);
  const madeFolder = ensureFolder(dirname(path), 0o700);
  const { path: session, identity } = change.session;
  file.rewrite(
    path,
    (original) => {
      const edit = change.edit(original, path);
      const mode = original === null ? null : statSync(path).mode & 0o777;
      takeLock(file, home, { session, identity, edit, mode, madeFolder });
      return { text: file.written(edit), mode: file.mode(mode) };
    },
    identity,
  );
}

/** Takes the change back, whatever others did to the file meanwhile. Does nothing when there is none. */
export function undoHomeFile<Edit>(file: HomeFile<Edit>, home: string): void {
  const lock = readLock(lockOf(file, home));
  if (lock === null) return;
  const path = pathOf(file, home);
  file.rewrite(
    path,
    (current) => {
      const text = current === null ? null : file.undo(current, lock.edit as Edit);
      return text === null ? null : { text, mode: lock.mode ?? file.mode(null) };
    },
    lock.identity,
  );
  rmSync(lockOf(file, home), { force: true });
  if (lock.madeFolder) removeEmptyFolder(dirname(path));
}

/** Removes what a session may have left that was killed while it changed a file: its secrets, too. */
export function removeTraces(file: HomeFile<never>, home: string, session: Identity): void {
  rmSync(temporaryOf(lockOf(file, home), session), { force: true });
  file.tidy(pathOf(file, home), session);
}

/** Where a session writes before it takes a file's place; no other session has that name. */
export function temporaryOf(path: string, { device, inode }: Identity): string {
  return `${path}.${device}-${inode}.new`;
}

/** The session that holds the lock of a HOME's file. */
export function holderOf(file: HomeFile<never>, home: string): HomeSession | null {
  const lock = readLock(lockOf(file, home));
  return lock === null ? null : { path: lock.session, identity: lock.identity };
}

/** A link to a file elsewhere stays one: what it leads to is changed. */
function pathOf({ name }: HomeFile<never>, home: string): string {
  const path = join(home, ...name.split('/'));
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function readLock(path: string): HomeLock | null {
  try {
    if (!lstatSync(path).isFile()) return null;
    return lockIn(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function lockIn(text: string): HomeLock | null {
  const { session, identity, edit, mode, madeFolder } = parseObject(text) ?? {};
  if (typeof session !== 'string' || !isIdentity(identity) || !isObject(edit)) return null;
  return {
    session,
    identity,
    edit,
    mode: typeof mode === 'number' ? mode : null,
    madeFolder: madeFolder === true,
  };
}

/** A link is made or not; so there is never a lock that says a half. */
function takeLock(file: HomeFile<never>, home: string, lock: HomeLock): void {
  const path = lockOf(file, home);
  const content = `${JSON.stringify(lock)}\n`;
  const temporary = temporaryOf(path, lock.identity);
  if (!createFileAtomically(path, { content, mode: 0o600, temporary })) throw inUse(file);
}

/** Does nothing to one that others put something in. */
export function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Others put something there.
  }
}

function inUse({ inUse: { message, hint } }: HomeFile<never>): Failure {
  return new Failure('refused', message, { hint });
}
