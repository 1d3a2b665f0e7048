import type { Env } from '../core/env.ts';
import type { Undo } from '../core/session/record.ts';
import type { Revocation } from '../core/session/revocation.ts';
import type { UserId } from '../system/find-sessions.ts';
import { type ChosenSession, chooseSessions, type Which } from './choose-sessions.ts';
import { type Closing, closeSession, revocationsIn } from './close-session.ts';

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
 * Ends sessions, the newest first: takes back what they did outside their folders, removes these, then revokes tokens.
 * Never throws, and does nothing when there is nothing to do.
 */
export async function cleanup({ which, root, env, user, revoke }: CleanupRequest): Promise<Cleanup> {
  const ended = chooseSessions({ which, root, env, user }).map((chosen) =>
    end(chosen, { user, home: env.HOME }),
  );
  const tokens = ended.flatMap(({ revocations }) => revocations);
  const alive = tokens.length === 0 ? [] : await revoke(tokens).catch(() => tokens);
  return {
    removed: ended.flatMap(({ path, isGone }) => (isGone ? [path] : [])),
    restore: restored(
      ended.map(({ variables }) => variables),
      env,
    ),
    warnings: [...ended.flatMap(({ warning }) => warning ?? []), ...unrevoked(alive, tokens)],
  };
}

/** What became of one session. */
interface Ended {
  readonly path: string;
  readonly isGone: boolean;
  /** Those to be set back. */
  readonly variables: Undo['variables'];
  readonly revocations: readonly Revocation[];
  readonly warning: string | null;
}

function end(
  { session, undo: hash, isTrusted }: ChosenSession,
  whose: Pick<Closing, 'user' | 'home'>,
): Ended {
  const { path } = session;
  const revocations = revocationsIn(session);
  try {
    const undo = closeSession(session, { ...whose, undo: hash });
    const variables = isTrusted && undo !== null ? undo.variables : {};
    return { path, isGone: true, variables, revocations, warning: undo === null ? tampered(path) : null };
  } catch (error) {
    return { path, isGone: false, variables: {}, revocations, warning: remains(path, error) };
  }
}

/** Each session's variables go back to what they were before it, unless they are no longer what it made them. */
function restored(changes: readonly Undo['variables'][], env: Env): Record<string, string | null> {
  const restore = new Map<string, string | null>();
  for (const [name, { before, after }] of changes.flatMap((one) => Object.entries(one))) {
    const now = restore.has(name) ? restore.get(name) : env[name];
    if (now === after) restore.set(name, before);
  }
  return Object.fromEntries(restore);
}

function unrevoked(alive: readonly Revocation[], tokens: readonly Revocation[]): readonly string[] {
  if (alive.length === 0) return [];
  return [`${alive.length} of ${tokens.length} tokens could not be revoked; they end by themselves.`];
}

function tampered(path: string): string {
  return `What the session in ${path} had changed outside it is no longer on record as it was; it stays as it is.`;
}

function remains(path: string, error: unknown): string {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return `The session in ${path} could not be removed (${code}); the next setup tries again.`;
}
