import { locationUrl } from '../location.ts';
import type { Credential, Expiry } from '../manifest/manifest.ts';
import { scopeText } from '../target/registry-scope.ts';
import type { Target } from '../target/target.ts';
import type { Contest } from './ranking.ts';
import type { Exclusion, Loss } from './selection.ts';

/** Why this credential serves the target. Reasons are one sentence without capital and full stop. */
export function whyThis(credential: Credential, { target }: Contest): string {
  if (target.kind === 'repository' && credential.base === null) {
    return `it serves all of ${target.location.host}, and no base URL is closer`;
  }
  return `${reach(credential, target)} is the longest that covers the target`;
}

/** Why a credential cannot serve the target, whatever the others are. */
export function whyExcluded(
  why: Exclusion,
  credential: Credential,
  { target, circumstances }: Contest,
): string {
  switch (why) {
    case 'inactive':
      return 'the manifest says `status: inactive`';
    case 'other-environment': {
      const names = credential.environments?.join(', ');
      const given = circumstances.environment;
      return given === null
        ? `it is for ${names} only, and no environment is given`
        : `it is not for ${given}`;
    }
    case 'other-provider':
      if (target.kind === 'registry') return 'it names no `registries`';
      return `it is for ${credential.provider === 'registry' ? 'a registry, not for git' : credential.provider}`;
    case 'other-host':
    case 'other-path':
      return `it is for ${reach(credential, target)}`;
  }
}

/** Why a credential that covers the target serves it not, or why it would not serve even alone. */
export function whyLost(loss: Loss, { expires }: Credential, { target }: Contest): string {
  switch (loss) {
    case 'out-of-reach':
      return target.kind === 'repository' && target.wildcard
        ? 'an App serves all repositories of an owner only with `repositories: all`'
        : 'its `repositories` do not name this one';
    case 'less-specific':
      return 'another one is for a longer part of the address';
    case 'expired':
      return `it ended at ${when(expires)}`;
    case 'read-only':
      return 'it is for reading only';
    case 'broader-than-needed':
      return 'one that is for reading only is enough';
    case 'not-default':
      return 'another one says `default: true`';
    case 'shorter-lived':
      return expires === null
        ? 'when it ends is not declared'
        : `another one lasts longer than ${when(expires)}`;
    case 'later-in-manifest':
      return 'an equal one stands earlier in the manifest';
    case 'not-pinned':
      return 'the target is pinned to another one';
  }
}

/** What part of the world a credential is for, as seen from a kind of target. */
export function reach({ base, provider, registries }: Credential, target: Target): string {
  if (target.kind === 'registry') {
    return registries.map(scopeText).join(', ');
  }
  return base === null ? `the public hosts of ${provider}` : locationUrl(base);
}

function when(expires: Expiry): string {
  return expires instanceof Date ? expires.toISOString().replace(':00.000Z', 'Z') : String(expires);
}
