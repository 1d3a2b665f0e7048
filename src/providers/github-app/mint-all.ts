import type { MintPlan } from '../../core/app-tokens/mint-plan.ts';
import type { MintedToken } from '../../core/app-tokens/minted-token.ts';
import type { Failure } from '../../core/failure.ts';
import type { Fetch } from '../../core/http/fetch.ts';
import { limiter } from '../../core/limiter.ts';
import { githubApi } from './api.ts';
import { appClient, type ResolvedApp } from './client.ts';
import type { Effects } from './effects.ts';
import { findInstallations } from './find-installations.ts';
import { unexpected } from './mint-failure.ts';
import { type Minting, mintToken } from './mint-token.ts';

export interface Minted {
  /** All that came to life, also beside failures: revoke them when they are not to be used. */
  readonly tokens: readonly MintedToken[];
  readonly failures: readonly { readonly plan: MintPlan; readonly failure: Failure }[];
}

/** As many requests at a time as the pool has connections: others would wait there with their time running. */
const atOnce = 10;

/**
 * Mints all tokens at once: one request for each plan, and one for each owner or one listing for each App.
 * @param apps the resolved sign-ins by the name of their credential.
 */
export async function mintAll(
  plans: readonly MintPlan[],
  apps: ReadonlyMap<string, ResolvedApp>,
  effects: Effects,
): Promise<Minted> {
  const limit = limiter(atOnce);
  const fetch: Fetch = (url, init) => limit(() => effects.fetch(url, init));
  const shared = { ...effects, fetch, warn: once(effects.warn) };
  const mintings = new Map<string, Minting>();
  const outcomes = await Promise.all(
    plans.map(async (plan) => {
      try {
        return { token: await mintToken(plan, mintingFor(plan, { plans, apps, mintings, effects: shared })) };
      } catch (error) {
        return { plan, failure: unexpected(error, plan) };
      }
    }),
  );
  return {
    tokens: outcomes.flatMap((outcome) => ('token' in outcome ? [outcome.token] : [])),
    failures: outcomes.flatMap((outcome) => ('token' in outcome ? [] : [outcome])),
  };
}

interface Context {
  readonly plans: readonly MintPlan[];
  readonly apps: ReadonlyMap<string, ResolvedApp>;
  readonly mintings: Map<string, Minting>;
  readonly effects: Effects;
}

/** One client and one search for each App and API; what a host's clock says stays with it (security rule 17). */
function mintingFor(plan: MintPlan, { plans, apps, mintings, effects }: Context): Minting {
  const key = keyOf(plan);
  const known = mintings.get(key);
  if (known !== undefined) return known;
  const app = apps.get(plan.credential.name);
  if (app === undefined) throw new TypeError(`${plan.credential.name} was not resolved`);
  const client = appClient(app, githubApi(plan.origin, plan.credential.apiUrl), effects);
  const minting = { client, effects, find: findInstallations(client, ownersOf(plans, key)) };
  mintings.set(key, minting);
  return minting;
}

function keyOf({ credential, origin }: MintPlan): string {
  return `${credential.name} ${githubApi(origin, credential.apiUrl)}`;
}

function ownersOf(plans: readonly MintPlan[], key: string): readonly string[] {
  const owners = plans.filter((plan) => keyOf(plan) === key).map(({ owner }) => owner.toLowerCase());
  return [...new Set(owners)];
}

function once(warn: (message: string) => void): (message: string) => void {
  const told = new Set<string>();
  return (message) => {
    if (!told.has(message)) warn(message);
    told.add(message);
  };
}
