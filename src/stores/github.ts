// https://docs.github.com/rest/actions/secrets
import { Failure } from '../core/failure.ts';
import type { Fault } from '../core/fault.ts';
import type { Entry, Found, Store } from './store.ts';
import { type ApiAccess, call, field } from './store-api.ts';
import { storedSize, storedText } from './stored-text.ts';

export interface GithubPlace {
  readonly owner: string;
  /** Null for the organisation's secrets. */
  readonly repository: string | null;
  /** Environment of the repository; null for the repository's own secrets. */
  readonly environment: string | null;
  /** Which repositories get a new secret of an organisation. */
  readonly visibility: 'all' | 'private';
}

/** https://docs.github.com/actions/reference/security/secrets: 48 KB. */
const largest = 48 * 1024;

/** Secrets of GitHub Actions, sealed to the place's own public key before they leave this machine. */
export function githubStore(place: GithubPlace, access: ApiAccess): Store {
  const root = rootOf(place);
  const secret = (name: string) => `${root}/${encodeURIComponent(name)}`;
  return {
    label: labelOf(place, access),
    formOf: () => 'text',
    refusal,
    find: async (name) => {
      await publicKey(place, access);
      const { status, body } = await call(access, { method: 'GET', path: secret(name) });
      return status === 404 ? null : found(body, await chosenRepositories(secret(name), body, access));
    },
    put: async (entry, before) => {
      const { sealedBox } = await import('./sealed-box.ts');
      const { id, key } = await publicKey(place, access);
      const sealed = sealedBox(Buffer.from(storedText(entry)), key);
      const { status } = await call(access, {
        method: 'PUT',
        path: secret(entry.name),
        body: {
          encrypted_value: Buffer.from(sealed).toString('base64'),
          key_id: id,
          ...(place.repository === null ? { visibility: place.visibility, ...before?.terms } : {}),
        },
      });
      if (status === 404) throw unknownPlace(place, access);
    },
  };
}

function rootOf({ owner, repository, environment }: GithubPlace): string {
  if (repository === null) return `/orgs/${encodeURIComponent(owner)}/actions/secrets`;
  const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repository)}`;
  if (environment === null) return `${path}/actions/secrets`;
  return `${path}/environments/${encodeURIComponent(environment)}/secrets`;
}

function labelOf({ owner, repository, environment }: GithubPlace, { api }: ApiAccess): string {
  const host = new URL(api).host.replace(/^api\./, '');
  if (repository === null) return `the secrets of ${host}/${owner}`;
  const within = environment === null ? '' : `, environment ${environment}`;
  return `the secrets of ${host}/${owner}/${repository}${within}`;
}

async function publicKey(place: GithubPlace, access: ApiAccess): Promise<{ id: string; key: Uint8Array }> {
  const { status, body } = await call(access, { method: 'GET', path: `${rootOf(place)}/public-key` });
  if (status === 404) throw unknownPlace(place, access);
  const [id, text] = [field(body, 'key_id'), field(body, 'key')];
  const key = typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  if (typeof id === 'string' && key.length === 32) return { id, key };
  throw new Failure('unreachable', `${new URL(access.api).host} gives no public key to seal secrets with.`, {
    hint: 'Check the address: this must be a repository or an organisation on GitHub.',
  });
}

function found(body: unknown, repositories: readonly unknown[] | null): Found {
  const visibility = field(body, 'visibility');
  const version = field(body, 'updated_at');
  return {
    id: '',
    version: typeof version === 'string' ? version : null,
    holds: () => null,
    terms: {
      ...(typeof visibility === 'string' ? { visibility } : {}),
      ...(repositories === null ? {} : { selected_repository_ids: repositories }),
    },
    advice: null,
  };
}

/** Of a hundred repositories each: more than GitHub lets a secret have. */
const mostPages = 100;

/** The repositories that an organisation's secret is for; left out of a write, they would lose it. */
async function chosenRepositories(path: string, body: unknown, access: ApiAccess) {
  if (field(body, 'visibility') !== 'selected') return null;
  const ids: unknown[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const query = `?per_page=100&page=${page}`;
    const { body: list } = await call(access, { method: 'GET', path: `${path}/repositories${query}` });
    const repositories = field(list, 'repositories');
    const some = Array.isArray(repositories) ? repositories : [];
    ids.push(...some.map((one) => field(one, 'id')));
    if (some.length < 100) return ids;
  }
  throw new Failure(
    'refused',
    `${new URL(access.api).host} lists the repositories of a secret without an end.`,
    {
      hint: 'Write the secret on its page; what it is for would be lost otherwise.',
    },
  );
}

function refusal(entry: Entry): Fault | null {
  if (!/^[A-Z_][A-Z0-9_]*$/i.test(entry.name) || /^GITHUB_/i.test(entry.name)) return badName;
  return storedSize(entry) > largest ? tooLarge : null;
}

function unknownPlace({ repository, environment }: GithubPlace, access: ApiAccess): Failure {
  const what = environment !== null ? 'environment' : repository === null ? 'organisation' : 'repository';
  const { host } = new URL(access.api);
  return new Failure(
    'refused',
    `${host} knows no such ${what}, or the token in ${access.tokenName} may not see its secrets.`,
    {
      hint:
        environment === null
          ? 'Check the address. A fine-grained token needs "Secrets: write" for it, a classic one `repo` (organisation: `admin:org`).'
          : 'Make the environment in the settings of the repository first. A fine-grained token needs "Environments: write".',
    },
  );
}

const badName: Fault = {
  code: 'secret-name',
  message: 'is no name for a secret of GitHub',
  hint: 'Use letters, digits and _, not a digit first, and not GITHUB_ at the beginning.',
};
const tooLarge: Fault = {
  code: 'secret-size',
  message: 'is larger than the 48 KB that GitHub takes',
  hint: 'Split the manifest: keep keys in secrets of their own ({ env: NAME }), or use one manifest per environment.',
};
