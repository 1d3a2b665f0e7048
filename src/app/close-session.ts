import { dirname, join } from 'node:path';
import { parseUndo, type Undo } from '../core/session/record.ts';
import { parseRevocations, type Revocation } from '../core/session/revocation.ts';
import { dockerHome } from '../system/docker-home.ts';
import { sessionAt, type UserId } from '../system/find-sessions.ts';
import { gitHome } from '../system/git-home.ts';
import {
  type HomeFile,
  holderOf,
  lockOf,
  removeEmptyFolder,
  removeTraces,
  undoHomeFile,
} from '../system/home-file.ts';
import { isGone } from '../system/owner.ts';
import type { ProcessTable } from '../system/process-table.ts';
import { removeSession } from '../system/remove-session.ts';
import { hashOf, type SessionFolder, type SessionHandle } from '../system/session-folder.ts';
import { sweep } from '../system/sweep.ts';
import { readTextFile } from '../system/text-file.ts';

export interface Closing {
  readonly user: UserId;
  /** What `undo.json` must be to count, where somebody else remembers; null where nobody does. */
  readonly undo: SessionHandle['undo'] | null;
  /** The user's HOME. */
  readonly home: string | undefined;
}

/** Undoes what a session did outside its folder, then removes it. Gives what was on record; null when that was tampered with. */
export function closeSession(session: SessionFolder, { user, undo, home }: Closing): Undo | null {
  const record = readUndo(session, undo);
  const undoing = { session, home, isVouchedFor: undo !== null };
  try {
    if (record !== null && record.dockerHome !== null) {
      undoHome(dockerHome, record.dockerHome, { ...undoing, madeFolder: record.makesDockerFolder });
    }
    if (record !== null && record.gitHome !== null) {
      undoHome(gitHome, record.gitHome, { ...undoing, madeFolder: false });
    }
  } finally {
    // A home that resists keeps its lock, by which a later setup tries again; the secrets go now.
    removeSession(session, user);
  }
  return record;
}

/** What a session changed outside its folder; null when that is not what it was. One without a record changed nothing. */
export function readUndo({ path }: SessionFolder, hash: string | null): Undo | null {
  const text = readTextFile(join(path, 'undo.json'));
  if (text === null) return hash === null ? changedNothing : null;
  return hash === null || hashOf(text) === hash ? parseUndo(text) : null;
}

const changedNothing: Undo = { variables: {}, dockerHome: null, makesDockerFolder: false, gitHome: null };

interface UndoingHome extends Pick<Closing, 'home'> {
  readonly session: SessionFolder;
  /** Whether the record is known to be what setup wrote. */
  readonly isVouchedFor: boolean;
  /** Whether the file's folder was made for it. */
  readonly madeFolder: boolean;
}

/**
 * Of a home only the two known files are touched, and only when the lock is this session's (security rule 19). A record
 * that nobody vouches for leads to our own home only: a container that has the temp folder could plant one whose home is
 * below it, with links to files that the container does not reach.
 */
function undoHome<Edit>(
  file: HomeFile<Edit>,
  lock: string,
  { session, home, isVouchedFor, madeFolder }: UndoingHome,
): void {
  const at = isVouchedFor ? join(lock, ...file.name.split('/').map(() => '..')) : home;
  if (at === undefined || lock !== lockOf(file, at)) return;
  if (holderOf(file, at)?.path === session.path) undoHomeFile(file, at);
  removeTraces(file, at, session.record.identity);
  if (madeFolder) removeEmptyFolder(dirname(lock));
}

export interface Sweeping {
  readonly root: string;
  readonly user: UserId;
  readonly table: ProcessTable | null;
  readonly now: Date;
  readonly home: string | undefined;
}

/** Tokens that are to be revoked when a session ends. */
export function revocationsIn({ path }: SessionFolder): readonly Revocation[] {
  return parseRevocations(readTextFile(join(path, 'secret', 'revoke.json')) ?? '');
}

/** Removes what dead sessions left, in the temp folder and in the user's home; gives the tokens that they minted. */
export function sweepSessions(sweeping: Sweeping): readonly Revocation[] {
  const { user, home } = sweeping;
  const orphans: Revocation[] = [];
  const remove = (session: SessionFolder) => {
    orphans.push(...revocationsIn(session));
    closeSession(session, { user, undo: null, home });
  };
  sweep({ ...sweeping, remove });
  sweepHome(sweeping);
  return orphans;
}

function sweepHome({ home, user, table }: Sweeping): void {
  const isLeft = (file: HomeFile<never>, at: string) => {
    const holder = holderOf(file, at);
    return holder !== null && !isAlive(holder, user, table);
  };
  if (home === undefined || home === '') return;
  if (isLeft(dockerHome, home)) attempt(() => undoHomeFile(dockerHome, home));
  if (isLeft(gitHome, home)) attempt(() => undoHomeFile(gitHome, home));
}

/** What others left must not keep us from our work. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // The lock stays, for the next sweep.
  }
}

/** Whether a session is there and its owner lives. */
export function isAlive(
  { path, identity }: { readonly path: string; readonly identity: SessionFolder['record']['identity'] },
  user: UserId,
  table: ProcessTable | null,
): boolean {
  const session = sessionAt(path, user);
  if (session === null || session.record.identity.inode !== identity.inode) return false;
  return !isGone(session.record.owner, table);
}
