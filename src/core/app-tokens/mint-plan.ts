import type { Problem } from '../failure.ts';
import type { Location } from '../location.ts';
import type { Credential, RegistryScope } from '../manifest/manifest.ts';
import type { Use } from '../selection/uses.ts';
import type { GitPrefix } from '../session/grant.ts';
import type { Permissions } from './permissions.ts';
import { reachesOf } from './reach.ts';
import { registryMints } from './registry-mints.ts';
import { repositoryMints } from './repository-mints.ts';
import { manyOwners } from './unserved.ts';

/** One token to be minted: what one installation of an App shall allow. */
export interface MintPlan {
  readonly credential: Credential;
  /** Scheme and host of the forge, without a path. */
  readonly origin: Location;
  /** As a target wrote it; the installation's account must be this one (security rule 16). */
  readonly owner: string;
  /** Names without the owner, at most 500; `all` only where the manifest says so (security rule 15). */
  readonly repositories: 'all' | readonly string[];
  readonly permissions: Permissions;
  /** Where git may use the token; empty for one that is for packages only. */
  readonly git: readonly GitPrefix[];
  readonly registries: readonly RegistryScope[];
  /** Whether the manifest's `installation-id` counts: it names one installation, so not beside other owners. */
  readonly takesGivenInstallation: boolean;
}

/** A plan before it is known whether its App serves other owners, too. */
export type OwnMint = Omit<MintPlan, 'takesGivenInstallation'>;

export interface MintPlanning {
  readonly plans: readonly MintPlan[];
  /** What gets no token, and what to write; an error where a target that says `access: write` is left out. */
  readonly problems: readonly Problem[];
}

/** The fewest tokens that serve the targets: one for each App, owner and permission set. */
export function planMints(uses: readonly Use[]): MintPlanning {
  const planned = uses.map(planApp);
  return {
    plans: planned.flatMap(({ plans }) => plans),
    problems: planned.flatMap(({ problems }) => problems),
  };
}

function planApp(use: Use): MintPlanning {
  const { credential } = use;
  const app = credential.signIn;
  if (app.kind !== 'app') return { plans: [], problems: [] };
  const { reaches, problems } = reachesOf(use, app);
  const registries = registryMints({ use, app, reaches });
  const mints = [
    ...reaches.flatMap((reach) => repositoryMints({ credential, app, reach })),
    ...registries.mints,
  ];
  const owners = new Set(mints.map(({ owner }) => owner.toLowerCase()));
  const isAmbiguous = owners.size > 1 && app.installationId !== undefined;
  return {
    plans: mints.map((mint) => ({ ...mint, takesGivenInstallation: owners.size === 1 })),
    problems: [...problems, ...registries.problems, ...(isAmbiguous ? [manyOwners(credential)] : [])],
  };
}
