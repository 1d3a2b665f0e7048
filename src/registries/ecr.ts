import { type AwsKeys, signedHeaders } from '../core/aws-signature.ts';
import { fromEpoch } from '../core/epoch.ts';
import { Failure } from '../core/failure.ts';
import { type JsonObject, objectOf } from '../core/json.ts';
import type { Login } from '../core/login.ts';
import type { ResolvedSignIn } from '../core/manifest/manifest.ts';
import { Secret } from '../core/secret.ts';
import { awsRefusal } from './aws-refusal.ts';
import { type RegistryLogin, type RegistryRequest, type Surroundings, vendorGroups } from './vendor.ts';

/** What a password lives, in milliseconds, where the answer does not say when it ends. */
const twelveHours = 12 * 3_600_000;

/** Where a registry's passwords come from. */
export interface EcrEndpoint {
  readonly url: string;
  readonly region: string;
  /** AWS's signing name. */
  readonly service: 'ecr' | 'ecr-public';
}

const domains = [
  ...['amazonaws.com', 'amazonaws.com.cn', 'amazonaws.eu', 'on.aws', 'on.amazonwebservices.com.cn'],
  ...['sc2s.sgov.gov', 'c2s.ic.gov', 'cloud.adc-e.uk', 'csp.hci.ic.gov'],
];
const privateHost = new RegExp(
  `^\\d{12}\\.dkr[.-]ecr(-fips)?\\.([a-z0-9]+(?:-[a-z0-9]+)+)\\.(${domains.join('|').replaceAll('.', '\\.')})$`,
);

/**
 * The endpoint behind a registry host: one for each region, whatever the account. Null when it is none of ECR's.
 * https://docs.aws.amazon.com/general/latest/gr/ecr.html
 */
export function ecrEndpoint(host: string): EcrEndpoint | null {
  if (host === 'public.ecr.aws' || host === 'ecr-public.aws.com') {
    const region = 'us-east-1';
    return { url: `https://api.ecr-public.${region}.amazonaws.com/`, region, service: 'ecr-public' };
  }
  const [, fips = '', region, domain = ''] = privateHost.exec(host) ?? [];
  if (region === undefined) return null;
  const name = `ecr${fips}.${region}`;
  const plain = fips !== '' && domain === 'amazonaws.com' ? `${name}.${domain}` : `api.${name}.${domain}`;
  // The hosts below `on.` answer over IPv6 too, and so do the endpoints below `api.`.
  const server = domain.startsWith('on.') ? `${name}.${domain.replace('on.', 'api.')}` : plain;
  return { url: `https://${server}/`, region, service: 'ecr' };
}

type AwsSignIn = Extract<ResolvedSignIn, { kind: 'aws' }>;

/**
 * Passwords for Amazon ECR, which last 12 hours: one request for each region, since a password opens every registry
 * there that the keys' owner may read.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
 */
export async function signInToEcr(
  request: RegistryRequest<AwsSignIn>,
  surroundings: Surroundings,
): Promise<readonly RegistryLogin[]> {
  const groups = vendorGroups(request, {
    endpoint: ecrEndpoint,
    sentence: 'AWS keys sign in to Amazon ECR only',
    hint: 'write ACCOUNT.dkr.ecr.REGION.amazonaws.com or public.ecr.aws, or sign in with `username` and `password`',
  });
  return Promise.all(
    groups.map(async ({ endpoint, registries }) => ({
      registries,
      ...(await authorizationToken(request, endpoint, surroundings)),
    })),
  );
}

async function authorizationToken(
  { credential, signIn }: RegistryRequest<AwsSignIn>,
  { url, region, service }: EcrEndpoint,
  { fetch, now }: Surroundings,
): Promise<{ login: Login; expiresAt: Date }> {
  const keys: AwsKeys = { ...signIn, sessionToken: signIn.sessionToken ?? null };
  const api = service === 'ecr' ? 'AmazonEC2ContainerRegistry_V20150921' : 'SpencerFrontendService';
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${api}.GetAuthorizationToken`,
  };
  const unsigned = { method: 'POST', url: new URL(url), headers, body: '{}' } as const;
  const answer = await fetch(url, {
    ...unsigned,
    headers: signedHeaders(unsigned, keys, { region, service, now: now() }),
  });
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw awsRefusal(body, { credential, service, region, status: answer.status, keys });
  const { authorizationToken, expiresAt } = authorizationData(body);
  const login = loginOf(authorizationToken);
  if (login === null) {
    throw new Failure('mint-failed', `${credential}: Amazon ECR in ${region} answered without a password`, {
      hint: 'try again; if it stays, check the proxies in between',
    });
  }
  return { login, expiresAt: fromEpoch(expiresAt) ?? new Date(now().getTime() + twelveHours) };
}

/** A list for private registries, one object for public ones. */
function authorizationData(body: unknown): JsonObject {
  const data = objectOf(body).authorizationData;
  return objectOf(Array.isArray(data) ? data[0] : data);
}

/** The token is `user:password` in base64. */
function loginOf(token: unknown): Login | null {
  const text = typeof token === 'string' ? Buffer.from(token, 'base64').toString() : '';
  const [, username, password] = /^([^:]+):([\x21-\x7e]+)$/.exec(text) ?? [];
  return username === undefined || password === undefined
    ? null
    : { username, password: new Secret(password) };
}
