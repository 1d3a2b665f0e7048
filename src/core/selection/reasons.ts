import { locationUrl } from '../location.ts';
import type { Credential, RegistryScope } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';
import { type Contest, isExpired } from './ranking.ts';
import type { Verdict } from './selection.ts';

/** One sentence without a capital: why this credential serves the target. */
export function whyThis(credential: Credential, target: Target): string {
  if (target.kind === 'registry') return `signs in to ${scopes(credential)}, the longest that covers the target`;
  if (credential.base === null) return `serves all of ${target.location.host}, and no base URL covers the target`;
  return `its base URL ${locationUrl(credential.base)} is the longest that covers the target`;
}

/** One sentence without a capital: why nobody of the winning group serves the target. */
export function whyNobody(group: readonly Credential[], contest: Contest): string {
  const [first, ...others] = group;
  if (first === undefined) return `no credential covers ${place(contest.target)}`;
  const names = others.length === 0 ? first.name : `${first.name} and ${others.length} more`;
  if (group.every((credential) => isExpired(credential, contest.circumstances))) {
    return `${names}, which would serve it, ${others.length === 0 ? 'has' : 'have'} expired`;
  }
  return `${names}, which would serve it, cannot: ${whyNot(reasonVerdict(group, contest), first, contest)}`;
}

function reasonVerdict(group: readonly Credential[], { target, circumstances }: Contest): Verdict {
  const alive = group.filter((credential) => !isExpired(credential, circumstances));
  return target.access === 'write' && alive.every(({ access }) => access === 'read') ? 'read-only' : 'other-path';
}
