import type { Location } from '../location.ts';
import type { RegistryScope } from '../manifest/manifest.ts';
import type { Selection } from '../selection/selection.ts';
import type { GitGrant, GitPrefix } from './grant.ts';

/** The grant that serves a selected target: of its credential, with the longest prefix, and the rights it asks for. */
export function grantFor({ target, credential }: Selection, grants: readonly GitGrant[]): GitGrant | null {
  if (credential === null) return null;
  const ranked = grants
    .filter((grant) => grant.credential === credential.name)
    .map((grant) => ({
      grant,
      reach:
        target.kind === 'repository'
          ? gitReach(grant.git, target.location)
          : registryReach('registries' in grant ? grant.registries : [], target),
      fits: target.access === 'read' || grant.access !== 'read',
    }))
    .filter(({ reach, fits }) => reach >= 0 && fits)
    .sort((one, other) => other.reach - one.reach);
  return ranked[0]?.grant ?? null;
}

function gitReach(prefixes: readonly GitPrefix[], { host, segments }: Location): number {
  return longest(
    prefixes.filter(({ location }) => location.host === host).map(({ location }) => location.segments),
    segments,
  );
}

function registryReach(scopes: readonly RegistryScope[], { host, segments }: RegistryScope): number {
  return longest(
    scopes.filter((scope) => scope.host === host).map((scope) => scope.segments),
    segments,
  );
}

/** The length of the longest prefix that covers a path, -1 when none does. Hosts that tell case apart chose already. */
function longest(prefixes: readonly (readonly string[])[], path: readonly string[]): number {
  const covering = prefixes.filter((prefix) =>
    prefix.every((segment, index) => segment.toLowerCase() === path[index]?.toLowerCase()),
  );
  return Math.max(-1, ...covering.map(({ length }) => length));
}
