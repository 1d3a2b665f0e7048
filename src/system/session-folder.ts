import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../core/failure.ts';
import { Secret } from '../core/secret.ts';
import {
  type Identity,
  type Owner,
  renderRecord,
  type SessionRecord,
  type Undo,
} from '../core/session/record.ts';
import type { SessionFile } from '../core/session/session-plan.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { ensureFolder } from './ensure-folder.ts';
import { passesThrough } from './workspace.ts';

/** Where a session is made, and for whom. */
export interface SessionPlace {
  /** The runner's temp folder. */
  readonly root: string;
  /** A folder of the user's choice, absolute; it must not exist yet. */
  readonly folder: string | null;
  readonly workspace: string | null;
  /** The CI's name of the job. */
  readonly job: string | null;
  readonly owner: Owner | null;
  readonly now: Date;
}

/** A session folder that is ours to write to. */
export interface SessionFolder {
  /** Absolute, without links. */
  readonly path: string;
  readonly record: SessionRecord;
}

/** What proves to a later process which session is meant, and what it may undo (security rule 19). */
export interface SessionHandle {
  readonly folder: string;
  readonly identity: Identity;
  /** SHA-256 of `undo.json`, in hexadecimal. */
  readonly undo: string;
}

/**
 * Makes a fresh session folder with a name nobody can guess (security rule 18): open for passing through, since git run
 * as another user must reach the gitconfig, and with its owner on record from the start.
 * @throws Failure `refused` in the workspace, `usage` when it exists, `session-failed` when it cannot be made.
 */
export function createSession(place: SessionPlace): SessionFolder {
  const name = `pipeline-credentials-${randomBytes(16).toString('hex')}`;
  const parent = place.folder === null ? place.root : dirname(place.folder);
  if (place.workspace !== null && passesThrough(place.workspace, parent)) throw inWorkspace(place.folder);
  const root = realFolder(parent);
  const path = place.folder === null ? join(root, name) : place.folder;
  const pointer = place.folder === null ? null : join(realFolder(place.root), `${name}.at`);
  const made: string[] = [];
  try {
    if (pointer !== null) made.push(writePointer(pointer, path));
    made.push(makeFolder(path));
    const { owner, job, now } = place;
    const record = { identity: identityOf(path), owner, job, created: now.getTime(), pointer };
    writeRecord({ path, record });
    return { path, record };
  } catch (cause) {
    for (const one of made) rmSync(one, { recursive: true, force: true });
    throw cause instanceof Failure ? cause : notMade(path, cause);
  }
}

/** Leads the sweep of the temp folder to a session elsewhere. */
function writePointer(pointer: string, path: string): string {
  writeFileAtomically(pointer, { content: `${path}\n`, mode: 0o600 });
  return pointer;
}

/** Writes `session.json`, by which a folder is known as a session. */
function writeRecord({ path, record }: SessionFolder): void {
  writeFileAtomically(join(path, 'session.json'), { content: renderRecord(record), mode: 0o600 });
}

/** Gives the session to what outlives this process. */
export function handOver(session: SessionFolder, owner: Owner | null): SessionFolder {
  const given = { ...session, record: { ...session.record, owner } };
  writeRecord(given);
  return given;
}

/** Writes down what to undo; to be called before any of it is done. */
export function writeUndo({ path, record }: SessionFolder, undo: Undo): SessionHandle {
  const content = `${JSON.stringify(undo)}\n`;
  writeFileAtomically(join(path, 'undo.json'), { content, mode: 0o600 });
  return { folder: path, identity: record.identity, undo: hashOf(content) };
}

/** Writes a file of the session: secrets for us alone, text for git of any user. */
export function writeSessionFile({ path }: SessionFolder, { name, content }: SessionFile): void {
  const file = join(path, name);
  ensureFolder(dirname(file), 0o700);
  if (content instanceof Secret) writeFileAtomically(file, { content: content.reveal(), mode: 0o600 });
  else writeFileAtomically(file, { content, mode: 0o644 });
}

/** Device and inode of a file or folder itself, also of a link. */
export function identityOf(path: string): Identity {
  const { dev, ino } = lstatSync(path, { bigint: true });
  return { device: String(dev), inode: String(ino) };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new Failure('session-failed', `The folder for sessions cannot be used: ${path}.`, {
      hint: 'Create it, or name another one with --session.',
      cause,
    });
  }
}

/** The umask may take rights away at creation, so they are set again. */
function makeFolder(path: string): string {
  try {
    mkdirSync(path, { mode: 0o711 });
    chmodSync(path, 0o711);
    return path;
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'EEXIST' ? exists(path) : notMade(path, cause);
  }
}

function notMade(path: string, cause: unknown): Failure {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException;
  return new Failure('session-failed', `The session folder cannot be made: ${code} at ${path}.`, {
    hint: 'Check that its parent is there and may be written to, and that the disk is not full.',
    cause,
  });
}

function exists(path: string): Failure {
  return new Failure('usage', `The session folder exists already: ${path}.`, {
    hint: 'Name a folder that does not exist yet; setup makes it.',
  });
}

function inWorkspace(folder: string | null): Failure {
  const what = folder === null ? "The system's temp folder" : 'The session folder';
  return new Failure(
    'refused',
    `${what} lies in the workspace, where a checkout or an artifact may pick it up.`,
    {
      hint: 'Name a folder outside the workspace with --session.',
    },
  );
}
