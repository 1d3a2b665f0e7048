import { locationUrl } from '../location.ts';
import type { Expiry } from '../manifest/manifest.ts';
import type { Selection } from '../selection/selection.ts';
import { scopeText } from '../target/registry-scope.ts';
import { targetText } from '../target/target-text.ts';
import { type GitGrant, jobToken } from './grant.ts';
import { grantFor } from './grant-for.ts';

/** One target and what serves it; `credential` null is anonymous. */
export interface SelectionRow {
  readonly target: string;
  readonly credential: string | null;
  /** See `Expiry`. */
  readonly expiresAt: Expiry;
  /** Why this one, or why none: one sentence for people. */
  readonly reason: string;
}

/** Which credential serves what: the targets, and where a job names none of a kind, all that is signed in to. */
export function servedRows(
  selections: readonly Selection[],
  grants: readonly GitGrant[],
): readonly SelectionRow[] {
  const listed = new Set(selections.map(({ target }) => target.kind));
  const targets = selections.map((selection) => ({
    target: targetText(selection.target),
    credential: selection.credential?.name ?? null,
    expiresAt: grantFor(selection, grants)?.expiresAt ?? null,
    reason: selection.reason,
  }));
  const unlisted = grants.flatMap((grant) =>
    placesOf(grant, listed).map((target) => ({
      target,
      credential: grant.credential,
      expiresAt: grant.expiresAt,
      reason: reasonOf(grant),
    })),
  );
  return [...targets, ...unlisted];
}

function reasonOf({ credential }: GitGrant): string {
  return credential === jobToken ? "the job's own repository" : 'the job names no targets of this kind';
}

function placesOf(grant: GitGrant, listed: ReadonlySet<string>): readonly string[] {
  const prefixes = listed.has('repository') ? [] : grant.git;
  const scopes = listed.has('registry') || !('registries' in grant) ? [] : grant.registries;
  const places = [
    ...prefixes.map(({ location, kind }) => `${locationUrl(location)}${kind === 'repository' ? '' : '/*'}`),
    ...scopes.map(scopeText),
  ];
  return [...new Set(places)];
}
