import type { SelectionRow } from '../core/session/served-rows.ts';

/** One credential with all that it serves; `credential` null is anonymous. */
export interface Served {
  readonly credential: string | null;
  readonly targets: readonly ServedTarget[];
  /** `2026-11-20 12:30 UTC`, or that nothing is known to end. */
  readonly until: string;
}

export interface ServedTarget {
  readonly name: string;
  /** Why this credential, or why none. */
  readonly reason: string;
}

/** The rows of a setup by credential, in their order. */
export function servedBy(rows: readonly SelectionRow[]): readonly Served[] {
  const groups = new Map<string | null, SelectionRow[]>();
  for (const row of rows) groups.set(row.credential, [...(groups.get(row.credential) ?? []), row]);
  return [...groups].map(([credential, served]) => ({
    credential,
    targets: served.map(({ target, reason }) => ({ name: target, reason })),
    until: untilText(earliest(served)),
  }));
}

/** `2 targets`, where their names are not for everybody (security rule 28). */
export function countOf({ targets }: Served): string {
  return targets.length === 1 ? '1 target' : `${targets.length} targets`;
}

/** `2026-11-20 12:30 UTC`, or that nothing is known to end. */
export function untilText(expiresAt: Date | null): string {
  return expiresAt === null
    ? 'no end known'
    : `${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function earliest(rows: readonly SelectionRow[]): Date | null {
  const times = rows.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt.getTime()]));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
