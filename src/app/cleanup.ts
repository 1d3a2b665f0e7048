import { join } from 'node:path';
import type { Env } from '../core/env.ts';
import { parseRevocations, type Revocation } from '../core/session/revocation.ts';
import { sessionAt, sessionsIn, type UserId } from '../system/find-sessions.ts';
import type { SessionFolder, SessionHandle } from '../system/session-folder.ts';
import { readTextFile } from '../system/text-file.ts';
import { closeSession } from './close-session.ts';

/** Which sessions to end: the one a post step remembers, the one in a folder, or all of this job and shell. */
export type Which =
  | { readonly kind: 'handle'; readonly handle: SessionHandle }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'all'; readonly job: string | null };

export interface CleanupRequest {
  readonly which: Which;
  /** The runner's temp folder. */
  readonly root: string;
  readonly env: Env;
  readonly user: UserId;
  /** Ends tokens at their hosts; gives those back that may still be alive. */
  readonly revoke: (tokens: readonly Revocation[]) => Promise<readonly Revocation[]>;
}

export interface Cleanup {
  /** Paths of the sessions that are gone. */
  readonly removed: readonly string[];
  /** Variables to set as they were; null: unset. Those that somebody changed meanwhile are left out. */
  readonly restore: Readonly<Record<string, string | null>>;
  readonly warnings: readonly string[];
}

/**
 * Ends sessions, the newest first: takes back what they did outside their folders, removes these, revokes tokens. Never
 * throws, and does nothing when there is nothing to do.
 */
export async function cleanup(request: CleanupRequest): Promise<Cleanup> {
  const removed: string[] = [];
  const warnings: string[] = [];
  const restore = new Map<string, string | null>();
  const revocations: Revocation[] = [];
  const close = (session: SessionFolder, undo: string | null) => {
    try {
      revocations.push(...parseRevocations(readTextFile(join(session.path, 'secret/revoke.json')) ?? ''));
      const record = closeSession(session, { user: request.user, undo });
      for (const [name, { before, after }] of Object.entries(record?.variables ?? {})) {
        const now = restore.has(name) ? restore.get(name) : request.env[name];
        if (now === after) restore.set(name, before);
      }
      if (record === null) warnings.push(tampered(session.path));
      removed.push(session.path);
    } catch (error) {
      warnings.push(remains(session.path, error));
    }
  };
  for (const { session, undo } of sessionsOf(request)) close(session, undo);
  for (let left = leftBefore(); left !== null; left = leftBefore()) close(left, null);
  warnings.push(...(await revokeAll(revocations, request.revoke)));
  return { removed, restore: Object.fromEntries(restore), warnings };

  /** In a shell each session remembers the one before it. */
  function leftBefore(): SessionFolder | null {
    const path = request.which.kind === 'all' ? restore.get('PIPELINE_CREDENTIALS_SESSION') : null;
    return path === undefined || path === null || removed.includes(path)
      ? null
      : sessionAt(path, request.user);
  }
}

interface Chosen {
  readonly session: SessionFolder;
  /** What `undo.json` must be to count. */
  readonly undo: string | null;
}

function sessionsOf({ which, root, env, user }: CleanupRequest): readonly Chosen[] {
  if (which.kind === 'handle') {
    const session = sessionAt(which.handle.folder, user);
    const { inode, device } = which.handle.identity;
    const identity = session?.record.identity;
    const isSame = identity?.inode === inode && identity.device === device;
    return session !== null && isSame ? [{ session, undo: which.handle.undo }] : [];
  }
  const exported = which.kind === 'folder' ? which.folder : (env.PIPELINE_CREDENTIALS_SESSION ?? '');
  const named = exported === '' ? null : sessionAt(exported, user);
  const job = which.kind === 'all' ? which.job : null;
  const ofJob = job === null ? [] : sessionsIn(root, user).filter(({ record }) => record.job === job);
  const others = ofJob.filter(({ path }) => path !== named?.path);
  return [...(named === null ? [] : [named]), ...others]
    .sort((a, b) => b.record.created - a.record.created)
    .map((session) => ({ session, undo: null }));
}

async function revokeAll(
  tokens: readonly Revocation[],
  revoke: CleanupRequest['revoke'],
): Promise<readonly string[]> {
  if (tokens.length === 0) return [];
  const alive = await revoke(tokens).catch(() => tokens);
  return alive.length === 0
    ? []
    : [`${alive.length} of ${tokens.length} tokens could not be revoked; they end by themselves.`];
}

function tampered(path: string): string {
  return `What the session in ${path} had changed outside it could not be read, so variables stay as they are.`;
}

function remains(path: string, error: unknown): string {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return `The session in ${path} could not be removed (${code}); the next setup tries again.`;
}
