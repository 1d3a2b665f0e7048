import type { Env } from '../core/env.ts';
import { sessionAt, sessionsIn, type UserId } from '../system/find-sessions.ts';
import type { SessionFolder, SessionHandle } from '../system/session-folder.ts';
import { readUndo } from './close-session.ts';

/** Which sessions to end: the one a post step remembers, the one in a folder, or all of this job and shell. */
export type Which =
  | { readonly kind: 'handle'; readonly handle: SessionHandle }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'all'; readonly job: string | null };

export interface ChosenSession {
  readonly session: SessionFolder;
  /** What the record of its changes must be to count; null where nobody remembers. */
  readonly undo: SessionHandle['undo'] | null;
  /**
   * Whether its variables may be set back: when the runner, a person or the environment led to it. A folder that merely
   * says that it is of this job may be planted.
   */
  readonly isTrusted: boolean;
}

export interface Choice {
  readonly which: Which;
  readonly root: string;
  readonly env: Env;
  readonly user: UserId;
}

/** The sessions to end, the newest first; what is no session of ours is left out. */
export function chooseSessions({ which, root, env, user }: Choice): readonly ChosenSession[] {
  if (which.kind === 'handle') return remembered(which.handle, user);
  const named =
    which.kind === 'folder' ? at(which.folder, user) : exported(env.PIPELINE_CREDENTIALS_SESSION ?? '', user);
  const ofJob =
    which.kind === 'folder' || which.job === null
      ? []
      : sessionsIn(root, user).filter(({ record }) => record.job === which.job);
  const found = [
    ...ofJob.map((session) => ({ session, undo: null, isTrusted: false })),
    ...named.map((session) => ({ session, undo: null, isTrusted: true })),
  ];
  const byPath = new Map(found.map((one) => [one.session.path, one]));
  return [...byPath.values()].sort((a, b) => b.session.record.created - a.session.record.created);
}

/** The folder must still be the one that was made (security rule 19). */
function remembered({ folder, identity, undo }: SessionHandle, user: UserId): readonly ChosenSession[] {
  return at(folder, user)
    .filter(({ record }) => record.identity.inode === identity.inode)
    .filter(({ record }) => record.identity.device === identity.device)
    .map((session) => ({ session, undo, isTrusted: true }));
}

/** In a shell each session remembers the one before it. */
function exported(path: string, user: UserId): readonly SessionFolder[] {
  const found: SessionFolder[] = [];
  for (let next: string | null = path; next !== null; ) {
    const [session] = at(next, user);
    if (session === undefined || found.some((one) => one.path === session.path)) break;
    found.push(session);
    next = readUndo(session, null)?.variables.PIPELINE_CREDENTIALS_SESSION?.before ?? null;
  }
  return found;
}

function at(path: string, user: UserId): readonly SessionFolder[] {
  const session = path === '' ? null : sessionAt(path, user);
  return session === null ? [] : [session];
}
