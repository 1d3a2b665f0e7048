import type { components } from '@octokit/openapi-types';
import type { Answer } from '../answer.ts';
import { publicUser } from './account-shape.ts';
import { type ApiRequest, error, page, type Route } from './api-request.ts';
import { levelOf } from './caller.ts';
import { fullRepository, repository } from './repository-shape.ts';
import { clock, findRepository, installationRepositories, type StaticToken } from './state.ts';

type Schemas = components['schemas'];

/** What tokens do. */
export const userRoutes: readonly Route[] = [
  { method: 'GET', path: '/user', answer: user },
  { method: 'GET', path: '/users/:login', answer: account },
  { method: 'GET', path: '/rate_limit', answer: rateLimit },
  { method: 'GET', path: '/repos/:owner/:name', answer: showRepository },
  { method: 'GET', path: '/installation/repositories', answer: listRepositories },
  { method: 'DELETE', path: '/installation/token', answer: revoke },
  { method: 'POST', path: '/credentials/revoke', answer: revokeExposed },
];

const needsInstallation = error(
  403,
  'You must authenticate with an installation access token in order to list repositories for an installation.',
);

function user({ state, origin, caller }: ApiRequest): Answer {
  if (caller.kind === 'anonymous') return error(401, 'Requires authentication');
  if (caller.kind !== 'token') return error(403, 'Resource not accessible by integration');
  const found = state.accounts.get(caller.token.user.toLowerCase());
  if (found === undefined) return error(404, 'Not Found');
  return { status: 200, headers: tokenHeaders(caller.token), body: publicUser(origin, found) };
}

/** Scopes are told of classic tokens only, the expiry of those that have one. */
function tokenHeaders({ scopes, expires }: StaticToken): Record<string, string> {
  const expiry = expires
    ?.toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
  return {
    ...(scopes === null ? {} : { 'x-oauth-scopes': scopes.join(', ') }),
    ...(expiry === undefined ? {} : { 'github-authentication-token-expiration': expiry }),
  };
}

function account({ state, origin, params }: ApiRequest): Answer {
  const login = params[0] ?? '';
  const app = state.apps.find(({ slug }) => login === `${slug}[bot]`);
  const found = state.accounts.get(login.toLowerCase()) ?? (app && { id: app.id, login, type: 'Bot' });
  return found === undefined ? error(404, 'Not Found') : { status: 200, body: publicUser(origin, found) };
}

function rateLimit({ state, caller }: ApiRequest): Answer {
  const limit = caller.kind === 'anonymous' ? 60 : 5000;
  const reset = Math.floor(clock(state) / 1000) + 3600;
  const rate: Schemas['rate-limit'] = { limit, remaining: limit, reset, used: 0 };
  const body: Schemas['rate-limit-overview'] = { resources: { core: rate, search: rate }, rate };
  return { status: 200, body };
}

function showRepository({ state, origin, caller, params }: ApiRequest): Answer {
  const [owner = '', name = ''] = params;
  const found = findRepository(state, owner, name);
  const level = found === undefined ? 'none' : levelOf(caller, found);
  if (found === undefined || level === 'none') return error(404, 'Not Found');
  return { status: 200, body: fullRepository(origin, found, level) };
}

function listRepositories(asked: ApiRequest): Answer {
  const { state, origin, caller } = asked;
  if (caller.kind !== 'installation') return needsInstallation;
  const { installation, repositories } = caller.minted;
  const all = repositories ?? installationRepositories(state, installation);
  const { items, headers } = page(asked, all);
  const shown = items.map((one) => repository(origin, one, levelOf(caller, one)));
  return { status: 200, headers, body: { total_count: all.length, repositories: shown } };
}

function revoke({ caller }: ApiRequest): Answer {
  if (caller.kind !== 'installation') return error(403, 'Resource not accessible by personal access token');
  caller.minted.revoked = true;
  return { status: 204 };
}

/** https://docs.github.com/rest/credentials/revoke: whoever has a token may end it. */
function revokeExposed({ state, body }: ApiRequest): Answer {
  const { credentials } = body;
  if (!Array.isArray(credentials) || credentials.length === 0) return error(422, 'Validation Failed');
  for (const one of credentials) state.tokens.delete(String(one));
  return { status: 202, body: {} };
}
