import { advertisement, gitQuestion } from './git-service.ts';
import type { Handler, HostAnswer, HostRequest } from './hosts.ts';
import { type FakeToken, reaches } from './token.ts';

/** Gitea in small: user, hooks, pull requests, and git's first request. Kinds: `personal`, `password` (of user `ada`). */
export function fakeGitea(tokens: readonly FakeToken[]): Handler {
  return (request) => {
    if (request.url.pathname.startsWith('/api/v1/')) return api(request, tokens);
    const git = gitQuestion(request);
    if (git === null) return null;
    const token = tokens.find(({ secret, state }) => state === undefined && secret === request.basic?.[1]);
    if (token === undefined)
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="Gitea"' }, body: 'Unauthorized' };
    if (!reaches(token, git.path)) return { status: 404, body: 'Repository not found' };
    const needed = git.service === 'git-receive-pack' ? 'write:repository' : 'read:repository';
    return has(token, needed) ? advertisement(git.service) : lacking(needed);
  };
}

function api({ url, basic, bearer }: HostRequest, tokens: readonly FakeToken[]): HostAnswer {
  const secret = bearer ?? basic?.[1];
  const token = tokens.find((one) => one.secret === secret && one.state === undefined);
  if (token === undefined) return { status: 401, body: { message: 'user does not exist [uid: 0, name: ]' } };
  if (url.pathname === '/api/v1/user')
    return has(token, 'read:user') ? { status: 200, body: { login: 'ada' } } : lacking('read:user');
  if (!/^\/api\/v1\/repos\/[^/]+\/[^/]+\/(?:hooks|pulls)$/.test(url.pathname))
    return { status: 404, body: {} };
  return has(token, 'read:repository') ? { status: 200, body: [] } : lacking('read:repository');
}

function has({ scopes, kind }: FakeToken, needed: string): boolean {
  return (
    kind === 'password' ||
    scopes?.some((scope) => scope === needed || scope === needed.replace('read:', 'write:')) === true
  );
}

function lacking(scope: string): HostAnswer {
  return {
    status: 403,
    body: { message: `token does not have at least one of required scope(s): [${scope}]` },
  };
}
