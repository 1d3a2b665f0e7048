import type { Location } from '../location.ts';
import type { Credential } from '../manifest/manifest.ts';
import { isPrefix } from '../path-segments.ts';
import type { RegistryTarget, RepositoryTarget, Target } from '../target/target.ts';
import { type Catalog, inEnvironment, segmentKey } from './catalog.ts';
import type { Contest } from './ranking.ts';
import type { Exclusion } from './selection.ts';

/** Why a credential cannot serve a target whatever the others are, or null when it covers the target. */
export function exclusion(
  catalog: Catalog,
  credential: Credential,
  { target, circumstances }: Contest,
): Exclusion | null {
  if (!credential.active) return 'inactive';
  if (!inEnvironment(credential, circumstances.environment)) return 'other-environment';
  return target.kind === 'registry'
    ? fromRegistry(credential, target)
    : fromRepository(catalog, credential, target);
}

/** Whether a credential is for the target's host, be it for another path of it. */
export function isOfHost(catalog: Catalog, credential: Credential, target: Target): boolean {
  const why =
    target.kind === 'registry'
      ? fromRegistry(credential, target)
      : fromRepository(catalog, credential, target);
  return why === null || why === 'other-path';
}

function fromRegistry({ registries }: Credential, target: RegistryTarget): Exclusion | null {
  if (registries.length === 0) return 'other-provider';
  const here = registries.filter(({ host }) => host === target.host);
  if (here.length === 0) return 'other-host';
  return here.some(({ segments }) => isPrefix(segments, target.segments)) ? null : 'other-path';
}

function fromRepository(
  catalog: Catalog,
  credential: Credential,
  target: RepositoryTarget,
): Exclusion | null {
  const { provider, base } = credential;
  if (target.provider === null && provider !== 'registry') return 'other-host';
  if (provider === 'registry' || provider !== target.provider) return 'other-provider';
  const rules = catalog.rules.get(provider);
  const { location } = target;
  if (base === null) {
    return location.scheme === 'https' && rules?.covers(location.host) ? null : 'other-host';
  }
  if (base.scheme !== location.scheme || base.host !== location.host) return 'other-host';
  const key = ({ segments }: Location) => segments.map((segment) => segmentKey(segment, rules));
  return isPrefix(key(base), key(location)) ? null : 'other-path';
}
