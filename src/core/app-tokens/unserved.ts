import { type Problem, problemAt } from '../failure.ts';
import type { Fault } from '../fault.ts';
import type { Credential } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';
import { targetText } from '../target/target-text.ts';

interface Told extends Fault {
  /** Those that get no token for it. */
  readonly targets?: readonly Target[];
}

/** What an App does not serve, told at its place in the manifest, and the targets that get no token for it. */
export interface Unserved {
  readonly problem: Problem;
  readonly targets: readonly Target[];
}

function unserved({ name, place }: Credential, { code, message, hint, targets = [] }: Told): Unserved {
  const severity = targets.some(({ access }) => access === 'write') ? 'error' : 'warning';
  return { problem: problemAt(place, { code, message: `${name} ${message}`, hint }, severity), targets };
}

/** Security rule 15: none listed means none minted. */
export function nothingListed(credential: Credential, targets: readonly Target[] = []): Unserved {
  const what = targets.length === 0 ? '' : ` for ${names(targets)}`;
  return unserved(credential, {
    code: 'app-without-repositories',
    message: `mints no token${what}: no repository is listed that it could be limited to.`,
    hint: 'List the repositories under `repositories:`, or write `repositories: all` into its `app`.',
    targets,
  });
}

export function noOwner(credential: Credential, targets: readonly Target[] = []): Unserved {
  const what = targets.length === 0 ? '' : ` for ${names(targets)}`;
  return unserved(credential, {
    code: 'app-without-owner',
    message: `mints no token${what}: nothing says whose installation to take.`,
    hint: 'Put the owner into its `url` (https://github.com/OWNER) or into the target (ghcr.io/OWNER).',
    targets,
  });
}

export function aboveCeiling(credential: Credential, targets: readonly Target[]): Unserved {
  return unserved(credential, {
    code: 'app-repository-not-named',
    message: `mints no token for ${names(targets)}: its \`app.repositories\` names others only.`,
    hint: 'Add the repository there, or leave `app.repositories` out to serve every target.',
    targets,
  });
}

export function needsAll(credential: Credential, targets: readonly Target[]): Unserved {
  return unserved(credential, {
    code: 'app-not-for-all',
    message: `mints no token for ${names(targets)}: it is limited to listed repositories.`,
    hint: 'List the repositories one by one, or write `repositories: all` into its `app`.',
    targets,
  });
}

export function manyOwners(credential: Credential): Unserved {
  return unserved(credential, {
    code: 'app-installation-id-unused',
    message: 'serves several owners, so its `installation-id` is not used.',
    hint: 'Leave `installation-id` out; the installations are found by one request.',
  });
}

/** Never as given: people paste addresses with a password in them. */
function names(targets: readonly Target[]): string {
  return targets.map(targetText).join(', ');
}
