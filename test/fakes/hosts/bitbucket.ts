import { advertisement, gitQuestion } from './git-service.ts';
import type { Handler, HostAnswer, HostRequest } from './hosts.ts';
import { type FakeToken, reaches } from './token.ts';

/** Bitbucket Cloud in small: user, repositories, hooks, pull requests, and git's first request. Kinds: `api`, `access`. */
export function fakeBitbucket(email: string, tokens: readonly FakeToken[]): Handler {
  return (request) => {
    if (request.url.host === 'api.bitbucket.org') return api(request, email, tokens);
    const git = gitQuestion(request);
    if (git === null || request.url.host !== 'bitbucket.org') return null;
    const [username, secret] = request.basic ?? ['', ''];
    const token = tokens.find((one) => one.secret === secret && username === gitUser(one));
    const challenge = { 'www-authenticate': 'Basic realm="Bitbucket.org HTTP"' };
    if (token === undefined || token.state !== undefined)
      return { status: 401, headers: challenge, body: 'Invalid credentials' };
    if (!reaches(token, git.path)) return { status: 404, body: 'Repository not found' };
    const [read, write] =
      token.kind === 'access'
        ? ['repository', 'repository:write']
        : ['read:repository:bitbucket', 'write:repository:bitbucket'];
    const needed =
      git.service === 'git-receive-pack' ? [write] : token.kind === 'access' ? [read, write] : [read];
    return needed.some((scope) => token.scopes?.includes(scope ?? ''))
      ? advertisement(git.service)
      : { status: 403, body: 'Forbidden' };
  };
}

function gitUser({ kind }: FakeToken): string {
  return kind === 'access' ? 'x-token-auth' : 'x-bitbucket-api-token-auth';
}

const dead: HostAnswer = {
  status: 401,
  body: {
    type: 'error',
    error: { message: 'Token is invalid, expired, or not supported for this endpoint.' },
  },
};

function api({ url, basic, bearer }: HostRequest, email: string, tokens: readonly FakeToken[]): HostAnswer {
  const token =
    bearer === null
      ? tokens.find(({ secret, kind }) => kind !== 'access' && secret === basic?.[1] && basic[0] === email)
      : tokens.find(({ secret, kind }) => kind === 'access' && secret === bearer);
  if (token === undefined || token.state !== undefined) return dead;
  const path = url.pathname.replace('/2.0', '');
  const [needed, body] = route(path, token);
  if (needed === '') return { status: 404, body: { type: 'error', error: { message: 'not found' } } };
  if (token.scopes?.includes(needed)) return { status: 200, body };
  const detail = { required: [needed], granted: token.scopes ?? [] };
  const message = 'Your credentials lack one or more required privilege scopes.';
  return { status: 403, body: { type: 'error', error: { message, detail } } };
}

function route(path: string, token: FakeToken): readonly [scope: string, body: object] {
  const isAccess = token.kind === 'access';
  if (path === '/user')
    return [isAccess ? 'account' : 'read:user:bitbucket', { username: 'ada', account_id: '1' }];
  if (/\/hooks$/.test(path)) return [isAccess ? 'webhook' : 'read:webhook:bitbucket', { values: [] }];
  if (/\/pullrequests$/.test(path))
    return [isAccess ? 'pullrequest' : 'read:pullrequest:bitbucket', { values: [] }];
  const [, repository] = /^\/repositories\/(.+)$/.exec(path) ?? [];
  const isThere = repository !== undefined && (!repository.includes('/') || reaches(token, repository));
  return [isThere ? (isAccess ? 'repository' : 'read:repository:bitbucket') : '', { values: [] }];
}
