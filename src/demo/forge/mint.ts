import { randomBytes } from 'node:crypto';
import {
  clock,
  type Installation,
  installationRepositories,
  type MintedToken,
  type Permissions,
  type Repository,
  type State,
} from './state.ts';

interface Refusal {
  readonly status: 403 | 422;
  readonly message: string;
}

const hour = 3_600_000;
const levels = ['read', 'write', 'admin'];
const suspended: Refusal = { status: 403, message: 'This installation has been suspended' };
const notGranted: Refusal = {
  status: 422,
  message: 'The permissions requested are not granted to this installation.',
};
const notAccessible: Refusal = {
  status: 422,
  message:
    'There is at least one repository that does not exist or is not accessible to the parent installation.',
};
const tooMany: Refusal = {
  status: 422,
  message: 'Invalid request. No more than 500 repositories are allowed.',
};

/** Makes an installation access token for an hour, no wider than asked for and never wider than was granted. */
export function mint(
  state: State,
  installation: Installation,
  body: Readonly<Record<string, unknown>>,
): MintedToken | Refusal {
  if (installation.suspended) return suspended;
  const repositories = chosenRepositories(installationRepositories(state, installation), body);
  if (repositories !== null && 'status' in repositories) return repositories;
  const permissions = chosenPermissions(installation.permissions, body.permissions);
  if (permissions === null) return notGranted;
  const createdAt = clock(state);
  const minted: MintedToken = {
    token: `ghs_demo${randomBytes(24).toString('hex')}`,
    installation,
    repositories,
    permissions,
    createdAt,
    expiresAt: createdAt + hour,
    revoked: false,
  };
  state.minted.set(minted.token, minted);
  return minted;
}

function chosenRepositories(
  reachable: readonly Repository[],
  { repositories, repository_ids: ids }: Readonly<Record<string, unknown>>,
): Repository[] | Refusal | null {
  const names = Array.isArray(repositories) ? repositories : [];
  const numbers = Array.isArray(ids) ? ids : [];
  // The worst that an empty list could mean, so that nobody relies on less.
  if (names.length + numbers.length === 0) return null;
  if (names.length + numbers.length > 500) return tooMany;
  const found = [
    ...names.map((wanted) => reachable.find(({ name }) => sameName(name, wanted))),
    ...numbers.map((wanted) => reachable.find(({ id }) => id === wanted)),
  ].filter((one) => one !== undefined);
  return found.length === names.length + numbers.length ? [...new Set(found)] : notAccessible;
}

function sameName(name: string, wanted: unknown): boolean {
  return name.toLowerCase() === String(wanted).toLowerCase();
}

function chosenPermissions(granted: Permissions, wanted: unknown): Permissions | null {
  if (typeof wanted !== 'object' || wanted === null) return granted;
  const has = new Map(Object.entries(granted));
  const within = Object.entries(wanted).every(
    ([name, level]) => levels.includes(level) && levels.indexOf(level) <= levels.indexOf(has.get(name) ?? ''),
  );
  return within ? { ...wanted, metadata: 'read' } : null;
}
