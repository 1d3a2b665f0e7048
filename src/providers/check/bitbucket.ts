import { alive, dead, type HostAnswer, unknown } from '../../core/check/answer.ts';
import type { ScopeTable } from '../../core/check/scopes.ts';
import { objectAt } from '../../core/json.ts';
import { basicHeader } from '../../core/login.ts';
import type { ResolvedSignIn } from '../../core/manifest/manifest.ts';
import type { Secret } from '../../core/secret.ts';
import { isApiToken, mail } from '../bitbucket.ts';
import { refusedPurposes } from './ask-purposes.ts';
import { bearer, signedIn } from './authorization.ts';
import type { ProviderCheck, Question } from './provider-check.ts';
import { type Api, askHost, isReply, type Reply, textOf, textsOf } from './reply.ts';

/** https://support.atlassian.com/bitbucket-cloud/docs/api-token-permissions/ */
const apiTokenScopes: ScopeTable = {
  includes: {},
  needs: {
    read: [['read:repository:bitbucket']],
    write: [['write:repository:bitbucket'], ['read:repository:bitbucket']],
    webhooks: [['read:webhook:bitbucket'], ['write:webhook:bitbucket']],
    'pull-requests': [['read:pullrequest:bitbucket'], ['write:pullrequest:bitbucket']],
  },
};

/** https://support.atlassian.com/bitbucket-cloud/docs/repository-access-token-permissions/ */
const accessTokenScopes: ScopeTable = {
  includes: {
    'repository:admin': [],
    'repository:write': ['repository'],
    'pullrequest:write': ['pullrequest', 'repository:write'],
    pullrequest: ['repository'],
  },
  needs: {
    read: [['repository']],
    write: [['repository:write']],
    webhooks: [['webhook']],
    'pull-requests': [['pullrequest:write']],
  },
};

/** Bitbucket Cloud, which tells scopes only where one lacks, and never when a token ends. */
export const bitbucketCheck: ProviderCheck = {
  provider: 'bitbucket',
  ask: async (question) => {
    const { signIn, credential } = question;
    if (signIn.kind === 'password')
      return dead(
        'Bitbucket removed app passwords on 28 July 2026',
        'Use an API token with `email`, or an access token.',
      );
    if (signIn.kind !== 'token')
      return unknown('this sign-in tells nothing of itself', 'A target proves it.');
    const authorization = authorizationOf(signIn);
    if (authorization === null)
      return unknown(
        'without an e-mail the API cannot be asked',
        'Add `email`, that of the account the API token is of.',
      );
    const api = credential.apiUrl ?? 'https://api.bitbucket.org/2.0';
    const headers = signedIn(authorization);
    const reply = await askHost(question, api + firstPath(signIn, question), { headers });
    if (!isReply(reply)) return reply;
    const answer = answerOf(reply, signIn, question);
    return answer.life.alive === 'yes' ? withPurposes(answer, question, { api, headers }) : answer;
  },
  scopeTable: (scopes) =>
    scopes.some((scope) => scope.endsWith(':bitbucket')) ? apiTokenScopes : accessTokenScopes,
  page: (_credential, signIn) =>
    signIn.kind === 'token' && isApiToken(signIn)
      ? 'https://id.atlassian.com/manage-profile/security/api-tokens'
      : 'the settings of the repository, project or workspace, Access tokens',
  gitSuffix: '.git',
  refusal: ({ status }) =>
    status === 410
      ? {
          status: 'denied',
          message: 'Bitbucket no longer takes passwords',
          hint: 'Use an API token with `email`, or an access token.',
        }
      : null,
};

type Token = Extract<ResolvedSignIn, { kind: 'token' }>;

/** API tokens sign in with their owner's e-mail, access tokens alone. */
function authorizationOf(signIn: Token): Secret | null {
  const email = mail(signIn);
  if (email !== undefined) return basicHeader({ username: email, password: signIn.token });
  return isApiToken(signIn) ? null : bearer(signIn.token);
}

/** Access tokens are nobody, so they are asked by the workspace they are for. */
function firstPath(signIn: Token, { credential, repositories }: Question): string {
  const workspace = repositories[0]?.location.segments[0] ?? credential.base?.segments[0];
  if (isApiToken(signIn) || workspace === undefined) return '/user';
  return `/repositories/${encodeURIComponent(workspace)}?pagelen=1`;
}

function answerOf(reply: Reply, signIn: Token, { quote }: Question): HostAnswer {
  const { status, json } = reply;
  if (status === 200) return alive({ identity: quote(textOf(json.username ?? json.display_name)) || null });
  if (status === 403) return alive({ scopes: lackOf(reply)?.granted.map(quote) ?? null });
  if (status === 401) {
    const hint = isApiToken(signIn)
      ? 'It has expired, was revoked, is of another account than `email`, or was made without scopes: make a new one, with scopes.'
      : 'It has expired or was revoked: make a new one.';
    return dead('Bitbucket does not accept it', hint);
  }
  // A workspace that an access token does not see, or that is not there: git will tell.
  return unknown(`Bitbucket answered ${status}`, 'Check the workspace in `url`; a target proves the token.');
}

/** The words of a 403: the scopes that the request takes, and those that the token has. */
function lackOf({
  json,
}: Reply): { readonly required: readonly string[]; readonly granted: readonly string[] } | null {
  const { required, granted } = objectAt(objectAt(json, 'error'), 'detail');
  return Array.isArray(granted) ? { required: textsOf(required), granted: textsOf(granted) } : null;
}

const lists = { webhooks: 'hooks', 'pull-requests': 'pullrequests' } as const;

async function withPurposes(
  answer: HostAnswer,
  question: Question,
  { api, headers }: Api,
): Promise<HostAnswer> {
  if (answer.scopes !== null) return answer;
  const refused = await refusedPurposes(question, {
    headers,
    url: (repository, purpose) => `${api}/repositories/${repository}/${lists[purpose]}?pagelen=1`,
  });
  const lacks = refused.flatMap((reply) => lackOf(reply) ?? []);
  const granted = lacks[0]?.granted;
  const missing = lacks.flatMap((lack) => lack.required.filter((scope) => !lack.granted.includes(scope)));
  return { ...answer, scopes: granted?.map(question.quote) ?? null, missing: missing.map(question.quote) };
}
