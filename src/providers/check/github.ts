import { alive, dead, type HostAnswer, unknown } from '../../core/check/answer.ts';
import type { ScopeTable } from '../../core/check/scopes.ts';
import { locationUrl, serverOf } from '../../core/location.ts';
import type { Secret } from '../../core/secret.ts';
import { apiHeaders, githubApi } from '../github-app/api.ts';
import { looksLike } from '../secret-shape.ts';
import { refusedPurposes } from './ask-purposes.ts';
import { bearer, signedIn } from './authorization.ts';
import type { GitRefusal, ProviderCheck, Question, Refused } from './provider-check.ts';
import { type Api, askHost, isReply, type Reply, textOf } from './reply.ts';

/** https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
const scopes: ScopeTable = {
  includes: {
    repo: ['repo:status', 'repo_deployment', 'public_repo', 'repo:invite', 'security_events'],
    'admin:org': ['write:org'],
    'write:org': ['read:org'],
    'admin:repo_hook': ['write:repo_hook'],
    'write:repo_hook': ['read:repo_hook'],
    'delete:packages': ['read:packages'],
    'write:packages': ['read:packages'],
    user: ['read:user', 'user:email', 'user:follow'],
  },
  needs: {
    read: [['repo', 'public_repo']],
    write: [['repo', 'public_repo']],
    webhooks: [['admin:repo_hook']],
    'pull-requests': [['repo'], ['read:org']],
    'pull-images': [['read:packages']],
    'push-images': [['write:packages']],
  },
};

/** GitHub's tokens. Apps are asked by minting. */
export const githubCheck: ProviderCheck = {
  provider: 'github',
  ask: async (question) => {
    const { signIn, credential } = question;
    if (signIn.kind !== 'token')
      return unknown('this sign-in tells nothing of itself', 'A target proves it.');
    const api = githubApi(serverOf(credential.base, 'github.com'), credential.apiUrl);
    const headers = signedIn(bearer(signIn.token), apiHeaders);
    const reply = await askHost(question, `${api}/user`, { headers });
    if (!isReply(reply)) return reply;
    const answer = answerOf(reply, signIn.token, question);
    return answer.life.alive === 'yes' ? withPurposes(answer, question, { api, headers }) : answer;
  },
  scopeTable: () => scopes,
  page: (credential, signIn) => {
    const settings = `${locationUrl(serverOf(credential.base, 'github.com'))}/settings`;
    if (signIn.kind === 'app') return `${settings}/apps`;
    const fine = signIn.kind === 'token' && looksLike(signIn.token, 'github_pat_');
    return `${settings}/${fine ? 'personal-access-tokens' : 'tokens'}`;
  },
  gitSuffix: '.git',
  refusal: gitRefusal,
};

function answerOf(reply: Reply, token: Secret, { quote }: Question): HostAnswer {
  const message = quote(textOf(reply.json.message));
  switch (reply.status) {
    case 200:
      return alive({
        identity: quote(textOf(reply.json.login)) || null,
        scopes: scopesOf(reply, token),
        expiresAt: expiryOf(reply, token),
      });
    case 401:
      return dead(
        `GitHub does not accept it ("${message}")`,
        'It has expired, was revoked, removed after a year without use, or is mistyped: make a new one.',
      );
    case 403:
      // Installation tokens are nobody: a dead one would be answered with 401.
      return /not accessible by integration/i.test(message)
        ? alive()
        : unknown(`GitHub refuses to say ("${message}")`, 'See what GitHub says, and ask an owner.');
    default:
      return unknown(`GitHub answered ${reply.status}`, 'Check `url` and `api-url`.');
  }
}

/** Only classic tokens have a header that lists scopes; an empty one is a classic token without any. */
function scopesOf({ header }: Reply, token: Secret): readonly string[] | null {
  const list = header('x-oauth-scopes');
  if (list === null || (list.trim() === '' && !looksLike(token, 'ghp_'))) return null;
  return list
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

/** Personal tokens without the header do not end; other kinds do not tell. */
function expiryOf({ header }: Reply, token: Secret): Date | 'never' | null {
  const text = header('github-authentication-token-expiration');
  if (text === null) return looksLike(token, 'ghp_', 'github_pat_') ? 'never' : null;
  return githubTime(text);
}

/**
 * GitHub writes `2027-05-18 21:00:00 UTC` and `2027-05-18 21:00:00 +0000`, with any offset; null for anything else.
 * https://docs.github.com/authentication/keeping-your-account-and-data-secure/token-expiration-and-revocation
 */
export function githubTime(text: string): Date | null {
  const pattern = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:UTC|GMT|([+-]\d\d):?(\d\d))$/;
  const [, day, time, hours, minutes] = pattern.exec(text.trim()) ?? [];
  const at = new Date(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

const lists = { webhooks: 'hooks', 'pull-requests': 'pulls' } as const;

async function withPurposes(
  answer: HostAnswer,
  question: Question,
  { api, headers }: Api,
): Promise<HostAnswer> {
  if (answer.scopes !== null) return answer;
  const refused = await refusedPurposes(question, {
    headers,
    url: (repository, purpose) => `${api}/repos/${repository}/${lists[purpose]}?per_page=1`,
  });
  const missing = refused.map(
    ({ header }) => question.quote(header('x-accepted-github-permissions') ?? '') || 'a permission',
  );
  return { ...answer, missing };
}

/** https://docs.github.com/authentication/authenticating-with-single-sign-on */
function gitRefusal({ status, text, header, credential, access, quote }: GitRefusal): Refused | null {
  if (credential === null || status !== 403) return null;
  const sso = header('x-github-sso');
  if (sso !== null || /SAML|\bSSO\b/.test(text)) {
    const url = quote(/url=(\S+)/.exec(sso ?? '')?.[1] ?? '');
    return {
      status: 'denied',
      message: 'its owner wants single sign-on for this token',
      hint:
        url === '' ? 'Authorise the token for SSO on its settings page.' : `Authorise the token at ${url}.`,
    };
  }
  if (!/not granted/i.test(text)) return null;
  const right = access === 'write' ? 'Contents: read and write' : 'Contents: read';
  return {
    status: 'denied',
    message: `the token has no right to its contents`,
    hint: `A fine-grained token or an App needs ${right}, a classic token \`repo\`.`,
  };
}
