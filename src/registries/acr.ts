import { Failure } from '../core/failure.ts';
import { objectOf } from '../core/json.ts';
import { endOfJwt, jwtClaims } from '../core/jwt.ts';
import type { ResolvedSignIn } from '../core/manifest/manifest.ts';
import { Secret } from '../core/secret.ts';
import { type RegistryLogin, type RegistryRequest, type Surroundings, vendorGroups } from './vendor.ts';

type EntraSignIn = Extract<ResolvedSignIn, { kind: 'entra' }>;

/** `NAME.azurecr.io`, geo-replicas (`NAME.westeurope.geo.azurecr.io`), and the sovereign clouds. */
const acrHost = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+\.geo)?\.azurecr\.(?:io|cn|us)$/;

/** The user name that means "the password is a refresh token": https://aka.ms/acr/authentication */
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Exchanges an Entra access token for a refresh token of each Azure container registry, which lasts some hours.
 * Service principals, the admin user and scope-map tokens need no exchange: they are a user name and a password.
 * https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
 */
export async function signInToAcr(
  request: RegistryRequest<EntraSignIn>,
  surroundings: Surroundings,
): Promise<readonly RegistryLogin[]> {
  const groups = vendorGroups(request, {
    endpoint: acrEndpoint,
    sentence: 'Entra tokens sign in to Azure container registries only',
    hint: 'write NAME.azurecr.io, or sign in with `username` and `password`',
  });
  return Promise.all(
    groups.map(async ({ endpoint, registries }) => {
      const token = await exchange(request, endpoint, surroundings);
      return {
        registries,
        login: { username: nobody, password: token },
        expiresAt: endOfJwt(token),
      };
    }),
  );
}

interface AcrEndpoint {
  readonly url: string;
  readonly host: string;
}

function acrEndpoint(host: string): AcrEndpoint | null {
  return acrHost.test(host) ? { url: `https://${host}/oauth2/exchange`, host } : null;
}

async function exchange(
  { credential, signIn }: RegistryRequest<EntraSignIn>,
  { url, host }: AcrEndpoint,
  { fetch }: Surroundings,
): Promise<Secret> {
  const { tid } = jwtClaims(signIn.token);
  const form = new URLSearchParams({
    grant_type: 'access_token',
    service: host,
    ...(typeof tid === 'string' ? { tenant: tid } : {}),
    access_token: signIn.token.reveal(),
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(url, { method: 'POST', headers, body: form.toString() });
  const token = answer.ok ? refreshToken(await answer.json().catch(() => null)) : null;
  if (token !== null) return token;
  const refused = answer.status === 401 || answer.status === 403;
  const why = refused ? 'did not accept the Entra token' : `answered ${answer.status}`;
  throw new Failure('mint-failed', `${credential}: ${host} ${why}`, {
    hint: refused
      ? 'get a fresh token for https://containerregistry.azure.net, whose identity has AcrPull there'
      : 'check the name of the registry, and try again',
  });
}

function refreshToken(body: unknown): Secret | null {
  const { refresh_token: token } = objectOf(body);
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? new Secret(token) : null;
}
