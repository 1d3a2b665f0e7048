import { isLoopback } from '../core/host.ts';
import type { Fetch, FetchResponse } from '../core/http/fetch.ts';
import { objectOf } from '../core/json.ts';
import { basicHeader, type Login } from '../core/login.ts';
import { Secret } from '../core/secret.ts';
import { type Challenge, parseChallenges, preferredChallenge } from './challenge.ts';
import { apiHost, type RegistryTrust, trustedRealm } from './realm.ts';

/** How to speak to a registry, or why not. */
export type RegistryEntry =
  | {
      readonly kind: 'open';
      readonly origin: string;
      /** The value of `Authorization`; null when the registry asks nobody, or nobody signs in. */
      readonly authorization: Secret | null;
    }
  /** The token service, or the registry itself, does not accept this user name and password. */
  | { readonly kind: 'login-refused'; readonly status: number }
  /** The password must not go where the registry sends it. `realm` is the registry's own word: clean it before printing. */
  | { readonly kind: 'realm-refused'; readonly realm: string }
  | { readonly kind: 'not-a-registry'; readonly status: number }
  /** The token service answered something else, such as 429 or 503. */
  | { readonly kind: 'no-token'; readonly status: number };

export interface EntryQuestion extends RegistryTrust {
  /** Null asks anonymously. */
  readonly login: Login | null;
  /** `repository:team/app:pull`; none asks for a token that proves the login alone. */
  readonly scopes: readonly string[];
}

/**
 * Signs in to a registry as its own challenge says. A login that is good but has no rights is answered with a token
 * too: only a request with it shows what it can do.
 * https://distribution.github.io/distribution/spec/auth/token/
 * @throws Failure `unreachable` when no answer came.
 */
export async function enterRegistry(question: EntryQuestion, fetch: Fetch): Promise<RegistryEntry> {
  const { origin, answer } = await ping(question.host, fetch);
  if (answer.status === 200) return { kind: 'open', origin, authorization: null };
  const offered = parseChallenges(answer.headers.get('www-authenticate') ?? '');
  const challenge = answer.status === 401 ? preferredChallenge(offered) : null;
  if (challenge === null) return { kind: 'not-a-registry', status: answer.status };
  const { login } = question;
  if (challenge.scheme === 'bearer') return tokenFor(question, { challenge, origin }, fetch);
  if (login === null) return { kind: 'open', origin, authorization: null };
  const authorization = basicHeader(login);
  const again = await fetch(`${origin}/v2/`, { headers: { authorization: authorization.reveal() } });
  if (again.status === 401 || again.status === 403) return { kind: 'login-refused', status: again.status };
  return { kind: 'open', origin, authorization };
}

/** The first answer of the registry. A registry on this machine may speak either scheme. */
async function ping(host: string, fetch: Fetch): Promise<{ origin: string; answer: FetchResponse }> {
  const origin = `https://${apiHost(host)}`;
  if (!isLoopback(host)) return { origin, answer: await fetch(`${origin}/v2/`) };
  const plain = `http://${host}`;
  const answer = await fetch(`${plain}/v2/`).catch(() => null);
  // A TLS server answers plain http with 400.
  if (answer !== null && answer.status !== 400) return { origin: plain, answer };
  return { origin, answer: await fetch(`${origin}/v2/`) };
}

interface Challenged {
  readonly challenge: Challenge;
  readonly origin: string;
}

async function tokenFor(
  { login, scopes, ...trust }: EntryQuestion,
  { challenge, origin }: Challenged,
  fetch: Fetch,
): Promise<RegistryEntry> {
  const named = challenge.parameters.get('realm') ?? '';
  const realm = trustedRealm(named, trust);
  if (realm === null) return { kind: 'realm-refused', realm: named };
  const service = challenge.parameters.get('service');
  if (service !== undefined) realm.searchParams.set('service', service);
  for (const scope of scopes) realm.searchParams.append('scope', scope);
  const answer = await fetch(
    realm,
    login === null ? {} : { headers: { authorization: basicHeader(login).reveal() } },
  );
  if (login !== null && (answer.status === 401 || answer.status === 403)) {
    return { kind: 'login-refused', status: answer.status };
  }
  const token = answer.ok ? tokenOf(await answer.json().catch(() => null)) : null;
  if (token === null) return { kind: 'no-token', status: answer.status };
  return { kind: 'open', origin, authorization: new Secret(`Bearer ${token}`) };
}

/** Older token services say `token`, those that follow OAuth2 `access_token`; a line break would be a second header. */
function tokenOf(body: unknown): string | null {
  const { token, access_token } = objectOf(body);
  return [token, access_token].find(isHeaderText) ?? null;
}

function isHeaderText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
