import { pathKey } from './boundaries.ts';
import type { GitGrant } from './grant.ts';

/** Grants by the paths at which they may serve. */
export type Claims<G extends GitGrant> = ReadonlyMap<string, readonly G[]>;

export interface Wanted {
  readonly path: readonly string[];
  /** Null: nobody. */
  readonly credential: string | null;
  readonly access: 'read' | 'write';
}

/**
 * The credential's grant at a path or nearest above it; it has several where its App is installed at several owners or
 * targets need different rights.
 */
export function claimant<G extends GitGrant>(
  claims: Claims<G>,
  { path, credential, access }: Wanted,
): G | null {
  for (let length = path.length; length > 0; length -= 1) {
    const here = claims.get(pathKey(path.slice(0, length))) ?? [];
    const grants = here.filter((grant) => grant.credential === credential);
    const fitting = grants.find((grant) => (grant.access === 'read') === (access === 'read'));
    if (grants.length > 0) return fitting ?? grants[0] ?? null;
  }
  return null;
}
