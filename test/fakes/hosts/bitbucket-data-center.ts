import { advertisement, gitQuestion } from './git-service.ts';
import type { Handler, HostRequest } from './hosts.ts';
import { type FakeToken, reaches } from './token.ts';

/** Bitbucket Data Center in small, below `/bitbucket`. Kinds: `personal` (of user `ada`) and `project`, Bearer alone. */
export function fakeBitbucketDataCenter(tokens: readonly FakeToken[]): Handler {
  return (request) => {
    const { url } = request;
    const token = tokenOf(request, tokens);
    if (url.pathname === '/bitbucket/rest/api/1.0/application-properties') {
      // Anybody may ask: a token that it does not know is ignored.
      const name =
        token === undefined ? {} : { 'x-ausername': token.kind === 'project' ? 'access-token-user' : 'ada' };
      return { status: 200, headers: name, body: { version: '9.4.0', displayName: 'Bitbucket' } };
    }
    const git = gitQuestion(request);
    if (git === null) return null;
    const path = git.path.replace(/^bitbucket\/scm\//, '');
    if (token === undefined)
      return {
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="Atlassian Bitbucket"' },
        body: 'Authentication failed',
      };
    if (!reaches(token, path))
      return {
        status: 404,
        body: 'The requested repository does not exist, or you do not have permission to access it.',
      };
    if (git.service === 'git-receive-pack' && token.access === 'read')
      return { status: 403, body: 'You do not have permission to push.' };
    return advertisement(git.service);
  };
}

function tokenOf({ basic, bearer }: HostRequest, tokens: readonly FakeToken[]): FakeToken | undefined {
  return tokens
    .filter(({ state }) => state === undefined)
    .find(
      ({ secret, kind }) =>
        secret === bearer || (kind !== 'project' && basic?.[0] === 'ada' && basic[1] === secret),
    );
}
