import { alive, dead, unknown } from '../../core/check/answer.ts';
import { locationUrl } from '../../core/location.ts';
import { basicHeader } from '../../core/login.ts';
import type { Secret } from '../../core/secret.ts';
import { bitbucketDataCenter } from '../bitbucket-data-center.ts';
import { bearer, signedIn } from './authorization.ts';
import type { ProviderCheck, Question } from './provider-check.ts';
import { askHost, isReply } from './reply.ts';

/**
 * Bitbucket Data Center answers anybody, and ignores a token that it does not know: only the name in `X-AUSERNAME` tells
 * that it was taken. https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html
 */
export const bitbucketDataCenterCheck: ProviderCheck = {
  provider: 'bitbucket-data-center',
  ask: async (question) => {
    const authorization = authorizationOf(question);
    const server = serverOf(question.credential);
    if (authorization === null || server === null)
      return unknown('this sign-in tells nothing of itself', 'A target proves it.');
    const api = question.credential.apiUrl ?? `${server}/rest/api/1.0`;
    const init = { headers: signedIn(authorization) };
    const reply = await askHost(question, `${api}/application-properties`, init);
    if (!isReply(reply)) return reply;
    const name = question.quote(reply.header('x-ausername') ?? '');
    if (reply.status === 200 && name !== '') return alive({ identity: name });
    if (reply.header('x-authentication-denied-reason')?.includes('CAPTCHA') === true)
      return dead(
        'the server wants a CAPTCHA after failed sign-ins',
        'Sign in to its web page once as this user.',
      );
    if (reply.status === 200)
      return dead('the server ignores it', 'It has expired, was revoked or is mistyped: make a new one.');
    if (reply.status === 401)
      return dead(
        'the server does not accept it',
        'It has expired, was revoked or is mistyped: make a new one.',
      );
    return unknown(`the server answered ${reply.status}`, 'Check `url` and `api-url`.');
  },
  scopeTable: () => null,
  page: (credential) => {
    const server = serverOf(credential);
    return server === null ? '' : `${server}/plugins/servlet/access-tokens/manage`;
  },
  gitSuffix: '.git',
};

function authorizationOf({ signIn, login }: Question): Secret | null {
  if (signIn.kind === 'token') return bearer(signIn.token);
  return login === null ? null : basicHeader(login);
}

/** Where the server begins: the base URL up to `scm`, `projects` or `users`. */
function serverOf({ base, apiUrl }: Question['credential']): string | null {
  if (base === null) return null;
  const root = bitbucketDataCenter.root(base, apiUrl);
  return locationUrl({ ...base, segments: root.slice(0, -1) });
}
