import { advertisement, gitQuestion } from './git-service.ts';
import type { Handler, HostAnswer, HostRequest } from './hosts.ts';
import { type FakeToken, reaches } from './token.ts';

const unauthorized = { status: 401, body: { message: '401 Unauthorized' } };
const denied: HostAnswer = {
  status: 401,
  headers: { 'www-authenticate': 'Basic realm="GitLab"' },
  body: 'HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect.\n',
};

/** GitLab in small: the self endpoint, projects, and git's first request. Kinds: `personal`, `bot`, `deploy`. */
export function fakeGitlab(tokens: readonly FakeToken[]): Handler {
  return (request) => {
    if (request.url.pathname.startsWith('/api/v4/')) return api(request, tokens);
    const git = gitQuestion(request);
    if (git === null) return null;
    const token = tokens.find(({ secret }) => secret === request.basic?.[1]);
    if (token === undefined || token.state !== undefined) return denied;
    // Bots and deploy tokens are told nothing of projects that are not theirs.
    if (!reaches(token, git.path)) {
      return token.kind === 'personal' || token.kind === undefined
        ? { status: 404, body: 'not found\n' }
        : denied;
    }
    const needed =
      git.service === 'git-receive-pack'
        ? ['write_repository', 'api']
        : ['read_repository', 'write_repository', 'api', 'read_api'];
    if (!needed.some((scope) => token.scopes?.includes(scope))) return { status: 403, body: 'Forbidden\n' };
    return advertisement(git.service);
  };
}

function api({ url, bearer }: HostRequest, tokens: readonly FakeToken[]): HostAnswer {
  const token = tokens.find(({ secret }) => secret === bearer);
  if (token === undefined || token.kind === 'deploy') return unauthorized;
  if (token.state !== undefined) return { status: 401, body: invalidToken(token.state) };
  if (url.pathname === '/api/v4/personal_access_tokens/self') {
    return {
      status: 200,
      body: {
        id: 7,
        name: 'ci of the lab',
        revoked: false,
        created_at: '2026-01-01T00:00:00.000Z',
        description: '',
        scopes: token.scopes ?? [],
        user_id: 42,
        last_used_at: '2026-11-01T00:00:00.000Z',
        active: true,
        expires_at: token.expires ?? null,
      },
    };
  }
  const [, path] = /^\/api\/v4\/projects\/(.+)$/.exec(url.pathname) ?? [];
  if (path === undefined || !reaches(token, decodeURIComponent(path)))
    return { status: 404, body: { message: '404 Project Not Found' } };
  if (!token.scopes?.some((scope) => scope === 'api' || scope === 'read_api')) {
    return {
      status: 403,
      body: {
        error: 'insufficient_scope',
        error_description: 'The request requires higher privileges.',
        scope: 'api read_api',
      },
    };
  }
  const level = token.access === 'write' ? 40 : 20;
  return {
    status: 200,
    body: { id: 1, permissions: { project_access: { access_level: level }, group_access: null } },
  };
}

function invalidToken(state: 'expired' | 'revoked') {
  const error_description =
    state === 'expired'
      ? 'Token is expired. You can either do re-authorization or token refresh.'
      : 'Token was revoked. You have to re-authorize from the user.';
  return { error: 'invalid_token', error_description };
}
