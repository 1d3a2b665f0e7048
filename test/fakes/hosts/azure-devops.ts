import { advertisement, gitQuestion } from './git-service.ts';
import type { Handler, HostAnswer, HostRequest } from './hosts.ts';
import { type FakeToken, reaches } from './token.ts';

const nobody = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';
const signIn: HostAnswer = {
  status: 203,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><title>Azure DevOps Services | Sign In</title></html>',
};

/** dev.azure.com in small: connection data, and git's first request. Dead tokens get the login page. */
export function fakeAzureDevops(tokens: readonly FakeToken[]): Handler {
  return (request) => {
    const { url } = request;
    if (url.host !== 'dev.azure.com') return null;
    const token = tokenOf(request, tokens);
    if (url.pathname.endsWith('/_apis/connectionData')) return connection(request, token);
    const git = gitQuestion(request);
    if (git === null) return null;
    if (token === undefined) return signIn;
    if (!reaches(token, decodeURIComponent(git.path)))
      return {
        status: 404,
        body: 'TF401019: The Git repository with name or identifier x does not exist or you do not have permissions for the operation you are attempting.',
      };
    if (git.service === 'git-receive-pack' && token.access === 'read')
      return {
        status: 403,
        body: "TF401027: You need the Git 'GenericContribute' permission to perform this action.",
      };
    return advertisement(git.service);
  };
}

function tokenOf({ basic, bearer }: HostRequest, tokens: readonly FakeToken[]): FakeToken | undefined {
  const secret = bearer ?? basic?.[1];
  return tokens.find((one) => one.secret === secret && one.state === undefined);
}

function connection({ headers }: HostRequest, token: FakeToken | undefined): HostAnswer {
  if (token === undefined)
    return headers['x-tfs-fedauthredirect'] === 'Suppress' ? { status: 401, body: '' } : signIn;
  const user =
    token.kind === 'nobody'
      ? { id: nobody, providerDisplayName: 'Anonymous' }
      : { id: '1-2-3', providerDisplayName: 'Ada' };
  return { status: 200, body: { authenticatedUser: user, instanceId: 'x' } };
}
