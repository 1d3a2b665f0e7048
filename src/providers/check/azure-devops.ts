import { alive, dead, type HostAnswer, unknown } from '../../core/check/answer.ts';
import { objectAt } from '../../core/json.ts';
import { endOfJwt, isJwt } from '../../core/jwt.ts';
import { type Location, locationUrl } from '../../core/location.ts';
import { basicHeader } from '../../core/login.ts';
import type { Secret } from '../../core/secret.ts';
import { bearer, signedIn } from './authorization.ts';
import type { ProviderCheck, Question } from './provider-check.ts';
import { askHost, isReply, type Reply, textOf } from './reply.ts';

/** The identity of nobody, which a token that is not known is answered with. */
const nobody = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';

/**
 * Azure DevOps tells who a token is of; neither its scopes nor its end. A dead one is sent to the login page.
 * https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate
 */
export const azureDevopsCheck: ProviderCheck = {
  provider: 'azure-devops',
  ask: async (question) => {
    const { signIn, credential } = question;
    const organization = organizationOf(question);
    if (signIn.kind !== 'token')
      return unknown('this sign-in tells nothing of itself', 'A target proves it.');
    if (organization === null)
      return unknown(
        'no organisation is known that it could be asked about',
        'Add `organization` or a target.',
      );
    const entra = isJwt(signIn.token);
    const authorization: Secret = entra
      ? bearer(signIn.token)
      : basicHeader({ username: '', password: signIn.token });
    const headers = signedIn(authorization, { 'x-tfs-fedauthredirect': 'Suppress' });
    const base = credential.apiUrl ?? locationUrl(organization);
    const reply = await askHost(question, `${base}/_apis/connectionData?api-version=7.1-preview`, {
      headers,
    });
    if (!isReply(reply)) return reply;
    return answerOf(reply, question, entra ? endOfJwt(signIn.token) : null);
  },
  scopeTable: () => null,
  page: (credential) => {
    const organization = organizationOf({ credential, repositories: [] });
    return organization === null
      ? 'https://dev.azure.com'
      : `${locationUrl(organization)}/_usersSettings/tokens`;
  },
  gitSuffix: '',
};

function answerOf({ status, json }: Reply, { quote }: Question, expiresAt: Date | null): HostAnswer {
  if (status === 401)
    return dead(
      'Azure DevOps does not accept it',
      'It has expired, was revoked, or is for another organisation.',
    );
  if (status !== 200) return unknown(`Azure DevOps answered ${status}`, 'Check the organisation in `url`.');
  const user = objectAt(json, 'authenticatedUser');
  if (user.id === undefined)
    return unknown('Azure DevOps answered something else', 'Check `url` and `api-url`.');
  if (user.id === nobody)
    return dead('Azure DevOps treats it as anonymous', 'It has expired or was revoked: make a new one.');
  return alive({ identity: quote(textOf(user.providerDisplayName)) || null, expiresAt });
}

/** `https://dev.azure.com/acme`; of a server of one's own the collection. Null when nothing names one. */
function organizationOf({
  credential,
  repositories,
}: Pick<Question, 'credential' | 'repositories'>): Location | null {
  const { base } = credential;
  const place = base !== null && base.segments.length > 0 ? base : (repositories[0]?.location ?? base);
  if (place === null) return null;
  if (/\.visualstudio\.com$/.test(place.host)) return { ...place, segments: [] };
  if (place.host === 'dev.azure.com')
    return place.segments.length === 0 ? null : { ...place, segments: place.segments.slice(0, 1) };
  const marker = place.segments.indexOf('_git');
  const before = marker < 0 ? place.segments : place.segments.slice(0, marker);
  return before.length === 0 ? null : { ...place, segments: before.slice(0, before[0] === 'tfs' ? 2 : 1) };
}
