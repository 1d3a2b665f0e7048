import { alive, dead, type HostAnswer, unknown } from '../../core/check/answer.ts';
import type { ScopeTable } from '../../core/check/scopes.ts';
import { isObject, objectAt } from '../../core/json.ts';
import { type Location, locationUrl, serverOf } from '../../core/location.ts';
import { parseExpiry } from '../../core/manifest/expiry.ts';
import type { Credential, ResolvedSignIn } from '../../core/manifest/manifest.ts';
import type { RepositoryTarget } from '../../core/target/target.ts';
import { gitlabApi } from '../gitlab-token/api.ts';
import { rootOfApi } from '../ordinary-host.ts';
import { looksLike } from '../secret-shape.ts';
import { bearer, signedIn } from './authorization.ts';
import type { ProviderCheck, Question } from './provider-check.ts';
import { type Api, askHost, isReply, type Reply, textOf, textsOf } from './reply.ts';

/** https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes */
const scopes: ScopeTable = {
  includes: {},
  needs: {
    read: [['read_repository', 'write_repository', 'api', 'read_api']],
    write: [['write_repository', 'api']],
    'pull-images': [['read_registry', 'api', 'read_api']],
    'push-images': [
      ['write_registry', 'api'],
      ['read_registry', 'api', 'read_api'],
    ],
    webhooks: [['api']],
    'pull-requests': [['api']],
  },
  opaque: ['granular'],
};

/** Tokens of GitLab, gitlab.com or self-managed, tell all of themselves whatever their scope. */
export const gitlabCheck: ProviderCheck = {
  provider: 'gitlab',
  ask: async (question) => {
    const { signIn, credential } = question;
    if (signIn.kind !== 'token' || isDeployToken(signIn)) {
      return unknown('a deploy token or a password tells nothing of itself', 'A target proves it.');
    }
    const api = gitlabApi(rootOf(credential), credential.apiUrl);
    const headers = signedIn(bearer(signIn.token));
    const reply = await askHost(question, `${api}/personal_access_tokens/self`, { headers });
    if (!isReply(reply)) return reply;
    const answer = answerOf(reply, signIn, question);
    return answer.life.alive === 'yes' ? withRole(answer, question, { api, headers }) : answer;
  },
  scopeTable: () => scopes,
  page: (credential) => `${locationUrl(rootOf(credential))}/-/user_settings/personal_access_tokens`,
  gitSuffix: '.git',
  refusal: ({ status, credential, isAlive, access }) =>
    status === 401 && credential !== null && isAlive
      ? {
          status: 'denied',
          message: 'the token is valid, but may not see this project, or there is none',
          hint: `Tokens of projects and groups see their own only: check the address, and give the token's ${access === 'write' ? 'bot the role Developer' : 'bot or user the role Reporter'}.`,
        }
      : null,
};

type Token = Extract<ResolvedSignIn, { kind: 'token' }>;

/** They have a user name of their own, and the API does not know them. */
function isDeployToken({ token, username }: Token): boolean {
  return looksLike(token, 'gldt-') || username?.startsWith('gitlab+deploy-token') === true;
}

function rootOf({ base, apiUrl }: Credential): Location {
  return { ...serverOf(base, 'gitlab.com'), segments: rootOfApi(apiUrl, '/api/v4') };
}

/** https://docs.gitlab.com/api/personal_access_tokens/#self-inform */
function answerOf(reply: Reply, { username }: Token, { quote }: Question): HostAnswer {
  const { json, status } = reply;
  if (status === 200) {
    if (json.revoked === true) return dead('it was revoked', 'Make a new one.');
    return alive({
      scopes: textsOf(json.scopes).map(quote),
      expiresAt: endOf(json.expires_at),
      identity: quote(textOf(json.name)) || null,
    });
  }
  // Tokens of another kind (OAuth, job) are known, but are not told about.
  if (status === 400 || status === 403) return alive();
  if (status !== 401) return unknown(`GitLab answered ${status}`, 'Check `url` and `api-url`.');
  const why = textOf(json.error_description);
  if (/expired/i.test(why)) return dead('it has expired', 'Make a new one.', true);
  if (/revoked/i.test(why)) return dead('it was revoked', 'Make a new one.');
  // Older deploy tokens have no prefix, only a user name of their own.
  if (username !== undefined && username !== 'oauth2')
    return unknown('the API does not know it; it may be a deploy token', 'A target proves it.');
  return dead(
    'GitLab does not know it',
    'It is mistyped, or of another server: check `url`, or make a new one.',
  );
}

/** It ends as that day begins; a day that there is not says nothing. */
function endOf(day: unknown): Date | 'never' | null {
  if (day === null) return 'never';
  const end = parseExpiry(textOf(day), 'as-it-begins');
  return end instanceof Date ? end : null;
}

const roles = { webhooks: [40, 'role Maintainer'], 'pull-requests': [30, 'role Developer'] } as const;

/** Scopes are not all: what a token may do in a project is bounded by the role of its user there. */
async function withRole(answer: HostAnswer, question: Question, { api, headers }: Api): Promise<HostAnswer> {
  const wanted = (['webhooks', 'pull-requests'] as const)
    .filter((purpose) => question.credential.purposes.includes(purpose))
    .map((purpose) => roles[purpose]);
  const project = question.repositories.find(({ wildcard }) => !wildcard);
  const readsApi = answer.scopes?.some((scope) => scope === 'api' || scope === 'read_api') === true;
  if (wanted.length === 0 || project === undefined || !readsApi) return answer;
  const path = encodeURIComponent(pathOf(project, question));
  const reply = await askHost(question, `${api}/projects/${path}`, { headers });
  const level = isReply(reply) && reply.status === 200 ? accessLevel(reply.json.permissions) : null;
  if (level === null) return answer;
  return { ...answer, missing: wanted.filter(([least]) => level < least).map(([, role]) => role) };
}

function pathOf({ location }: RepositoryTarget, { credential }: Question): string {
  return location.segments.slice(rootOf(credential).segments.length).join('/');
}

/** The higher of the project's and its group's; 0 when there is neither, null when it is not told. */
function accessLevel(permissions: unknown): number | null {
  if (!isObject(permissions)) return null;
  const places = ['project_access', 'group_access'].map((key) => objectAt(permissions, key));
  return Math.max(...places.map((place) => Number(place.access_level ?? 0)));
}
