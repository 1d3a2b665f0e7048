import type { Credential, ResolvedSignIn } from '../../src/core/manifest/manifest.ts';
import { Secret } from '../../src/core/secret.ts';
import type { GitProvider } from '../../src/providers/provider.ts';
import { credentials, location, type Sample } from '../core/selection/samples.ts';

export function token(text: string, more: { username?: string; email?: string } = {}): ResolvedSignIn {
  return { kind: 'token', token: new Secret(text), ...more };
}

export function password(text: string, username?: string): ResolvedSignIn {
  return { kind: 'password', password: new Secret(text), username };
}

export const privateKey = '-----BEGIN RSA PRIVATE KEY-----\ncanary\n-----END RSA PRIVATE KEY-----\n';

export function credential(provider: Credential['provider'], more: Partial<Sample> = {}): Credential {
  const [made] = credentials({ name: 'bot', provider, ...more });
  if (made === undefined) throw new TypeError('one sample gives one credential');
  return made;
}

/** `user secret`, or null when the provider has no login of its own for the sign-in. */
export function login(provider: GitProvider, signIn: ResolvedSignIn): string | null {
  const made = provider.login(signIn, credential(provider.provider));
  return made && `${made.username} ${made.password.reveal()}`;
}

/** The rules of a place, from -> to. */
export function rules(
  { rewrites, root }: GitProvider,
  url: string,
  kind: 'host' | 'namespace' | 'repository',
  more: { apiUrl?: string; targets?: readonly string[] } = {},
): Readonly<Record<string, string>> {
  const place = location(url);
  const prefix = {
    location: place,
    kind,
    addresses: [],
    root: root(place, more.apiUrl ?? null),
    targets: (more.targets ?? []).map(location),
  };
  return Object.fromEntries(rewrites(prefix).map(({ from, to }) => [from, to]));
}
