import type { components } from '@octokit/openapi-types';
import type { MintPlan } from '../../core/app-tokens/mint-plan.ts';
import { beyond, type Permissions, union } from '../../core/app-tokens/permissions.ts';
import { objectOf } from '../../core/json.ts';
import { Secret } from '../../core/secret.ts';
import { notTheApi } from './installation.ts';

type Answer = Partial<components['schemas']['installation-token']>;

/** What a host says that it granted. */
export interface Granted {
  readonly token: Secret;
  readonly expiresAt: Date;
  readonly permissions: Permissions;
  /** Whether the token is limited to some repositories. */
  readonly isLimited: boolean;
  /** Null where the answer does not list them, as for a token that is not limited. */
  readonly repositories: readonly GrantedRepository[] | null;
}

export interface GrantedRepository {
  readonly owner: string;
  readonly name: string;
}

/** @throws Failure `unreachable` when the answer is no token: a login page, a proxy's word. */
export function readGranted(answer: unknown, api: string): Granted {
  const { token, expires_at, permissions, repositories, repository_selection } = objectOf(answer) as Answer;
  const expiresAt = new Date(String(expires_at));
  if (typeof token !== 'string' || !/^[!-~]{8,}$/.test(token) || Number.isNaN(expiresAt.getTime()))
    throw notTheApi(api);
  return {
    token: new Secret(token),
    expiresAt,
    permissions: objectOf(permissions) as Permissions,
    isLimited: repository_selection === 'selected',
    repositories: Array.isArray(repositories) ? repositories.map(readRepository) : null,
  };
}

function readRepository(answer: unknown): GrantedRepository {
  const { name, owner } = objectOf(answer);
  const { login } = objectOf(owner);
  return { owner: String(login), name: String(name) };
}

/** Makes a host's words fit to print. */
type Quote = (text: string) => string;

/**
 * How a token differs from what was asked, in words; null when it does not (security rule 16). `metadata: read`
 * comes by itself.
 */
export function difference(
  { permissions, repositories, isLimited }: Granted,
  plan: MintPlan,
  quote: Quote,
): string | null {
  const more = beyond(permissions, union(plan.permissions, { metadata: 'read' }));
  if (more.length > 0) return `it was given ${quote(more.join(', '))} unasked`;
  const less = beyond(plan.permissions, permissions);
  if (less.length > 0) return `it was not given ${less.join(', ')}`;
  if (repositories !== null) return otherRepositories(repositories, plan, quote);
  return plan.repositories === 'all' || isLimited ? null : 'it was given all repositories unasked';
}

function otherRepositories(
  granted: readonly GrantedRepository[],
  plan: MintPlan,
  quote: Quote,
): string | null {
  const stranger = granted.find(({ owner }) => !isSame(owner, plan.owner));
  if (stranger !== undefined) return `its installation is that of ${quote(stranger.owner)}`;
  if (plan.repositories === 'all') return null;
  const asked = plan.repositories;
  const more = granted.filter(({ name }) => !asked.some((one) => isSame(one, name)));
  if (more.length > 0) return `it was given ${quote(more.map(({ name }) => name).join(', '))} unasked`;
  const less = asked.filter((name) => !granted.some((one) => isSame(one.name, name)));
  return less.length > 0 ? `it was not given ${quote(less.join(', '))}` : null;
}

/** GitHub's names have no case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
