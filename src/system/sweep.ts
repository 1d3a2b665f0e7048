import { removeRemnants, sessionsIn, type UserId } from './find-sessions.ts';
import { isGone } from './owner.ts';
import type { ProcessTable } from './process-table.ts';
import type { SessionFolder } from './session-folder.ts';

const week = 7 * 24 * 3_600_000;

export interface Sweep {
  /** The runner's temp folder. */
  readonly root: string;
  readonly user: UserId;
  readonly table: ProcessTable | null;
  readonly now: Date;
  /** Undoes and removes one session. */
  readonly remove: (session: SessionFolder) => void;
}

/**
 * Removes what dead sessions left: those of our own user whose owner is gone, or that are a week old (security rule
 * 20). One that resists is left to the next sweep.
 */
export function sweep({ root, user, table, now, remove }: Sweep): void {
  for (const session of sessionsIn(root, user)) {
    const { owner, created } = session.record;
    if (!isGone(owner, table) && now.getTime() - created < week) continue;
    try {
      remove(session);
    } catch {
      // It may belong to a container that still runs.
    }
  }
  removeRemnants(root, user, now);
}
