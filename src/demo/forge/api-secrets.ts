import type { components } from '@octokit/openapi-types';
import type { Answer } from '../answer.ts';
import { type ApiRequest, error, page, type Route } from './api-request.ts';
import { levelOf } from './caller.ts';
import { repository } from './repository-shape.ts';
import { shelfOf } from './secret-shelf.ts';
import { clock, findRepository, type SealedSecret } from './state.ts';

type Schemas = components['schemas'];
/** The place of the secrets that a request is about, or why there is none. */
type Place = { readonly key: string; readonly rest: readonly string[] } | { readonly refusal: Answer };
type Answering = (asked: ApiRequest, place: { key: string; name: string }) => Answer;

/** https://docs.github.com/rest/actions/secrets */
export const secretRoutes: readonly Route[] = [
  ...routesOf('/repos/:owner/:name/actions/secrets', ofRepository),
  ...routesOf('/repos/:owner/:name/environments/:environment/secrets', ofEnvironment),
  ...routesOf('/orgs/:org/actions/secrets', ofOrganization),
  { method: 'GET', path: '/orgs/:org/actions/secrets/:secret/repositories', answer: chosen },
];

function routesOf(path: string, placeOf: (asked: ApiRequest) => Place): readonly Route[] {
  const at = (answer: Answering) => (asked: ApiRequest) => {
    const place = placeOf(asked);
    return 'refusal' in place ? place.refusal : answer(asked, { key: place.key, name: place.rest[0] ?? '' });
  };
  return [
    { method: 'GET', path: `${path}/public-key`, answer: at(publicKey) },
    { method: 'GET', path: `${path}/:secret`, answer: at(show) },
    { method: 'PUT', path: `${path}/:secret`, answer: at(put) },
  ];
}

function ofRepository({ state, caller, params }: ApiRequest): Place {
  const [owner = '', name = '', ...rest] = params;
  const found = findRepository(state, owner, name);
  const level = found === undefined ? 'none' : levelOf(caller, found);
  if (found === undefined || level === 'none') return { refusal: error(404, 'Not Found') };
  if (level !== 'write') return { refusal: error(403, 'Resource not accessible by personal access token') };
  return { key: found.fullName, rest };
}

function ofEnvironment(asked: ApiRequest): Place {
  const place = ofRepository(asked);
  if ('refusal' in place) return place;
  const [environment = '', ...rest] = place.rest;
  const key = `${place.key}:${environment}`.toLowerCase();
  return asked.state.environments.has(key) ? { key, rest } : { refusal: error(404, 'Not Found') };
}

/** A token that reaches all of an organisation may keep its secrets. */
function ofOrganization({ state, caller, params }: ApiRequest): Place {
  const [org = '', ...rest] = params;
  const account = state.accounts.get(org.toLowerCase());
  const reaches = caller.kind === 'token' && caller.token.reaches.has(org.toLowerCase());
  return account?.type === 'Organization' && reaches
    ? { key: account.login, rest }
    : { refusal: error(404, 'Not Found') };
}

function publicKey({ state }: ApiRequest, { key }: { key: string }): Answer {
  const { keyId, publicKey } = shelfOf(state, key);
  const body: Schemas['actions-public-key'] = { key_id: keyId, key: publicKey };
  return { status: 200, body };
}

function show({ state, origin }: ApiRequest, { key, name }: { key: string; name: string }): Answer {
  const found = shelfOf(state, key).secrets.get(name.toUpperCase());
  if (found === undefined) return error(404, 'Not Found');
  const body: Schemas['actions-secret'] = {
    name: found.name,
    created_at: timestamp(found.createdAt),
    updated_at: timestamp(found.updatedAt),
  };
  return { status: 200, body: key.includes('/') ? body : ofAll(origin, key, body, found) };
}

function ofAll(
  origin: string,
  org: string,
  secret: Schemas['actions-secret'],
  { visibility }: SealedSecret,
): Schemas['organization-actions-secret'] {
  const chosenUrl = `${origin}/api/v3/orgs/${org}/actions/secrets/${secret.name}/repositories`;
  return {
    ...secret,
    visibility,
    ...(visibility === 'selected' && { selected_repositories_url: chosenUrl }),
  };
}

function put({ state, body }: ApiRequest, { key, name }: { key: string; name: string }): Answer {
  const shelf = shelfOf(state, key);
  const { encrypted_value: sealed, key_id: keyId, visibility, selected_repository_ids: ids } = body;
  if (typeof sealed !== 'string' || keyId !== shelf.keyId)
    return error(422, 'Bad request - key_id or encrypted_value');
  if (!key.includes('/') && !['all', 'private', 'selected'].includes(String(visibility))) {
    return error(422, 'Invalid request.\n\n"visibility" wasn\'t supplied.');
  }
  const before = shelf.secrets.get(name.toUpperCase());
  shelf.secrets.set(name.toUpperCase(), {
    name: name.toUpperCase(),
    sealed,
    createdAt: before?.createdAt ?? clock(state),
    updatedAt: clock(state),
    visibility: visibility as SealedSecret['visibility'],
    repositoryIds: Array.isArray(ids) ? ids : [],
  });
  return before === undefined ? { status: 201, body: {} } : { status: 204 };
}

function chosen(asked: ApiRequest): Answer {
  const place = ofOrganization(asked);
  if ('refusal' in place) return place.refusal;
  const ids = shelfOf(asked.state, place.key).secrets.get(place.rest[0] ?? '')?.repositoryIds ?? [];
  const all = [...asked.state.repositories.values()].filter(({ id }) => ids.includes(id));
  const { items, headers } = page(asked, all);
  const repositories = items.map((one) => repository(asked.origin, one, 'read'));
  return { status: 200, headers, body: { total_count: all.length, repositories } };
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
