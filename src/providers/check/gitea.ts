import { alive, dead, type HostAnswer, unknown } from '../../core/check/answer.ts';
import { type Location, locationUrl } from '../../core/location.ts';
import { basicHeader } from '../../core/login.ts';
import type { Credential } from '../../core/manifest/manifest.ts';
import type { Secret } from '../../core/secret.ts';
import { rootOfApi } from '../ordinary-host.ts';
import { refusedPurposes } from './ask-purposes.ts';
import { bearer, signedIn } from './authorization.ts';
import type { ProviderCheck, Question } from './provider-check.ts';
import { type Api, askHost, isReply, type Reply, textOf } from './reply.ts';

/** Gitea and Forgejo: tokens never end, and tell a scope only where one lacks. */
export const giteaCheck: ProviderCheck = {
  provider: 'gitea',
  ask: async (question) => {
    const authorization = authorizationOf(question);
    const server = serverOf(question.credential);
    if (authorization === null || server === null)
      return unknown('this sign-in tells nothing of itself', 'A target proves it.');
    const api = question.credential.apiUrl ?? `${locationUrl(server)}/api/v1`;
    const headers = signedIn(authorization);
    const reply = await askHost(question, `${api}/user`, { headers });
    if (!isReply(reply)) return reply;
    const answer = answerOf(reply, question);
    return answer.life.alive === 'yes' ? withPurposes(answer, question, { api, headers }) : answer;
  },
  scopeTable: () => null,
  page: (credential) => {
    const server = serverOf(credential);
    return server === null ? '' : `${locationUrl(server)}/user/settings/applications`;
  },
  gitSuffix: '.git',
  refusal: ({ status, text, credential }) => {
    const lacks = status === 403 && credential !== null ? requiredScopes(text) : [];
    return lacks.length === 0
      ? null
      : {
          status: 'denied',
          message: `the token lacks ${lacks.join(', ')}`,
          hint: `Make one with ${lacks.join(', ')}.`,
        };
  },
};

function authorizationOf({ signIn, login }: Question): Secret | null {
  if (signIn.kind === 'token') return bearer(signIn.token, 'token');
  return signIn.kind === 'password' && login !== null ? basicHeader(login) : null;
}

function serverOf({ base, apiUrl }: Credential): Location | null {
  return base === null ? null : { ...base, segments: rootOfApi(apiUrl, '/api/v1') };
}

function answerOf(reply: Reply, { signIn, quote }: Question): HostAnswer {
  const { status, json } = reply;
  const isToken = signIn.kind === 'token';
  const expiresAt = isToken ? 'never' : null;
  if (status === 200) return alive({ identity: quote(textOf(json.login)) || null, expiresAt });
  // A living token without the scope to say whose it is; any other 403 is the server's or a proxy's.
  if (status === 403 && requiredScopes(reply.text).length > 0) return alive({ expiresAt });
  if (status === 401)
    return dead(
      'the server does not accept it',
      isToken
        ? 'It was removed or is mistyped: make a new one.'
        : 'It is wrong, or its user has two-factor authentication: use a token.',
    );
  const message = quote(textOf(json.message));
  return unknown(
    `the server answered ${status}${message === '' ? '' : ` ("${message}")`}`,
    'Check `url` and `api-url`.',
  );
}

/** `token does not have at least one of required scope(s): [read:user]` */
function requiredScopes(text: string): readonly string[] {
  const [, list = ''] = /required scope\(s\):? \[([a-z:, -]{1,200})\]/.exec(text) ?? [];
  return list.split(/[\s,]+/).filter((scope) => scope !== '');
}

const lists = { webhooks: 'hooks', 'pull-requests': 'pulls' } as const;

async function withPurposes(
  answer: HostAnswer,
  question: Question,
  { api, headers }: Api,
): Promise<HostAnswer> {
  const refused = await refusedPurposes(question, {
    headers,
    url: (repository, purpose) => `${api}/repos/${repository}/${lists[purpose]}?limit=1`,
  });
  return { ...answer, missing: refused.flatMap(({ text }) => requiredScopes(text)) };
}
