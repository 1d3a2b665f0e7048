import { dirname, join } from 'node:path';
import { parseUndo, type Undo } from '../core/session/record.ts';
import { homeHolder, homeLockOf, undoDockerHome } from '../system/docker-home.ts';
import { sessionAt, type UserId } from '../system/find-sessions.ts';
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
}

/** Undoes what a session did outside its folder, then removes it. Gives what was on record; null when that was tampered with. */
export function closeSession(session: SessionFolder, { user, undo }: Closing): Undo | null {
  const record = readUndo(session, undo);
  if (record !== null && record.dockerHome !== null) undoHome(record.dockerHome, session);
  removeSession(session, user);
  return record;
}

/** What a session changed outside its folder; null when that is not what it was. One without a record changed nothing. */
export function readUndo({ path }: SessionFolder, hash: string | null): Undo | null {
  const text = readTextFile(join(path, 'undo.json'));
  if (text === null) return hash === null ? { variables: {}, dockerHome: null } : null;
  return hash === null || hashOf(text) === hash ? parseUndo(text) : null;
}

/** Of a home only docker's own file is touched, and only when the lock is this session's (security rule 19). */
function undoHome(lock: string, session: SessionFolder): void {
  const home = dirname(dirname(lock));
  if (lock === homeLockOf(home) && homeHolder(home)?.session === session.path) undoDockerHome(home);
}

export interface Sweeping {
  readonly root: string;
  readonly user: UserId;
  readonly table: ProcessTable | null;
  readonly now: Date;
  readonly home: string | undefined;
}

/** Removes what dead sessions left, in the temp folder and in docker's own file. */
export function sweepSessions({ root, user, table, now, home }: Sweeping): void {
  sweep({ root, user, table, now, remove: (session) => void closeSession(session, { user, undo: null }) });
  const holder = home === undefined || home === '' ? null : homeHolder(home);
  if (home === undefined || holder === null) return;
  const isLeft = !isAlive({ path: holder.session, identity: holder.identity }, user, table);
  if (isLeft) undoDockerHome(home);
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
