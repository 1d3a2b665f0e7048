import { dateText } from '../core/check/expiry.ts';
import { group } from '../core/group.ts';
import type { Expiry } from '../core/manifest/manifest.ts';
import type { SelectionRow } from '../core/session/served-rows.ts';

/** One credential with all that it serves; `credential` null is anonymous. */
export interface Served {
  readonly credential: string | null;
  readonly targets: readonly ServedTarget[];
  /** See `untilText`; empty for anonymous. */
  readonly until: string;
}

export interface ServedTarget {
  readonly name: string;
  /** Why this credential, or why none. */
  readonly reason: string;
}

/** The rows of a setup by credential, in their order. */
export function servedBy(rows: readonly SelectionRow[]): readonly Served[] {
  return [...group(rows.map((row) => [row.credential, row]))].map(([credential, served]) => ({
    credential,
    targets: served.map(({ target, reason }) => ({ name: target, reason })),
    until: credential === null ? '' : untilText(earliest(served)),
  }));
}

/** `2 targets`, where their names are not for everybody (security rule 28). */
export function countOf({ targets }: Served): string {
  return targets.length === 1 ? '1 target' : `${targets.length} targets`;
}

/** `2026-11-20 12:30 UTC`, that it never ends, or that no end is known. */
export function untilText(expiresAt: Expiry): string {
  if (expiresAt instanceof Date) return dateText(expiresAt);
  return expiresAt === 'never' ? 'never ends' : 'no end known';
}

/** A credential may have several tokens, which end one after the other. */
function earliest(rows: readonly SelectionRow[]): Expiry {
  const times = rows.flatMap(({ expiresAt }) => (expiresAt instanceof Date ? [expiresAt.getTime()] : []));
  if (times.length > 0) return new Date(Math.min(...times));
  return rows.every(({ expiresAt }) => expiresAt === 'never') ? 'never' : null;
}
