import { locationUrl } from '../location.ts';
import type { Secret } from '../secret.ts';
import type { GitPrefix, Grant } from '../session/grant.ts';
import type { MintPlan } from './mint-plan.ts';
import type { Permissions } from './permissions.ts';

/** An installation access token, checked against what was asked. */
export interface MintedToken {
  readonly plan: MintPlan;
  readonly token: Secret;
  readonly expiresAt: Date;
  /** By this machine's clock. */
  readonly mintedAt: Date;
  /** The owner, as the host spells it. */
  readonly account: string;
  /** Names as the host spells them. */
  readonly repositories: 'all' | readonly string[];
  readonly permissions: Permissions;
  /** Null when neither manifest nor host told it. */
  readonly appSlug: string | null;
  readonly installationId: number;
  /** Base URL of the API that minted it and revokes it, without a trailing slash. */
  readonly api: string;
}

/** What git and container tools may use a token for: each prefix as the target and as the host spell it. */
export function grantOf(minted: MintedToken): Grant {
  const { plan, token, expiresAt, permissions } = minted;
  const level = plan.git.length > 0 ? permissions.contents : permissions.packages;
  return {
    credential: plan.credential.name,
    login: { username: 'x-access-token', password: token },
    git: unique(plan.git.flatMap((one) => [one, asHostSpells(one, minted)])),
    registries: plan.registries,
    access: level === 'write' || level === 'admin' ? 'both' : 'read',
    expiresAt,
  };
}

function asHostSpells(coverage: GitPrefix, { account, repositories }: MintedToken): GitPrefix {
  const [, name] = coverage.location.segments;
  const names = repositories === 'all' ? [] : repositories;
  const spelled = names.find((one) => one.toLowerCase() === name?.toLowerCase()) ?? name;
  const segments = spelled === undefined ? [account] : [account, spelled];
  return { ...coverage, location: { ...coverage.location, segments } };
}

function unique(covered: readonly GitPrefix[]): readonly GitPrefix[] {
  return [...new Map(covered.map((one) => [locationUrl(one.location), one])).values()];
}
