import type { Use } from '../selection/uses.ts';
import type { MintPlan } from './mint-plan.ts';
import { reachesOf } from './reach.ts';
import { registryMints } from './registry-mints.ts';
import { repositoryMints } from './repository-mints.ts';
import { manyOwners, type Unserved } from './unserved.ts';

export interface MintPlanning {
  readonly plans: readonly MintPlan[];
  /** What gets no token, and what to write; an error where a target that says `access: write` is left out. */
  readonly unserved: readonly Unserved[];
}

/** The fewest tokens that serve the targets: one for each App, owner and permission set. */
export function planMints(uses: readonly Use[]): MintPlanning {
  const planned = uses.map(planApp);
  return {
    plans: planned.flatMap(({ plans }) => plans),
    unserved: planned.flatMap(({ unserved }) => unserved),
  };
}

function planApp(use: Use): MintPlanning {
  const { credential } = use;
  const app = credential.signIn;
  if (app.kind !== 'app') return { plans: [], unserved: [] };
  const { reaches, unserved } = reachesOf(use, app);
  const registries = registryMints({ use, app, reaches });
  const mints = [
    ...reaches.flatMap((reach) => repositoryMints({ credential, app, reach })),
    ...registries.mints,
  ];
  const owners = new Set(mints.map(({ owner }) => owner.toLowerCase()));
  const isAmbiguous = owners.size > 1 && app.installationId !== undefined;
  return {
    plans: mints.map((mint) => ({ ...mint, takesGivenInstallation: owners.size === 1 })),
    unserved: [...unserved, ...registries.unserved, ...(isAmbiguous ? [manyOwners(credential)] : [])],
  };
}
