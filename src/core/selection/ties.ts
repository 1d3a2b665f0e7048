import type { Credential } from '../manifest/manifest.ts';
import { type Catalog, groupsOf } from './catalog.ts';
import { equals } from './ranking.ts';

/** Credentials between which only their order in the manifest decides, the winner first. */
export type Tie = readonly [winner: Credential, ...others: Credential[]];

/**
 * Where only manifest order decides, each time once: in no environment or one that the manifest names, for reading or
 * for writing. `lint` warns about these.
 */
export function ties(catalog: Catalog, now: Date): readonly Tie[] {
  const named = catalog.credentials.flatMap(({ environments }) => environments ?? []);
  const found = new Map<string, Tie>();
  for (const environment of new Set([null, ...named])) {
    for (const { members } of groupsOf(catalog, environment)) {
      for (const access of ['read', 'write'] as const) {
        const [winner, ...others] = equals(members, { access, circumstances: { now, environment } });
        if (winner === undefined || others.length === 0) continue;
        const tie: Tie = [winner, ...others];
        found.set(tie.map(({ name }) => name).join(' '), tie);
      }
    }
  }
  return [...found.values()];
}
