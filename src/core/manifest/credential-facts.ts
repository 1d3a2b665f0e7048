import type { HostRules } from '../host-rules.ts';
import type { ProviderFacts } from '../provider-facts.ts';
import type { CredentialKey } from './credential-keys.ts';
import { foreseenProvider } from './foreseen.ts';
import type { ProviderName, SignInKind } from './manifest.ts';
import { nearest } from './nearest.ts';

/** What a provider means for the keys of a credential. */
export interface CredentialFacts
  extends Pick<
    ProviderFacts,
    | 'aliases'
    | 'signIns'
    | 'needsUsername'
    | 'usesEmail'
    | 'needsUrl'
    | 'selfHosted'
    | 'publicOrigin'
    | 'dateEnds'
    | 'retired'
  > {
  readonly provider: ProviderName;
  /** Null for registries, which have no git addresses. */
  readonly rules: HostRules | null;
}

/** Any registry: which sign-ins one takes is for the registry to say. */
const registryFacts: CredentialFacts = {
  provider: 'registry',
  aliases: [],
  signIns: ['password', 'aws', 'entra', 'google-key', 'google-token'],
  needsUsername: ['password'],
  usesEmail: false,
  needsUrl: false,
  selfHosted: true,
  publicOrigin: null,
  dateEnds: 'after-the-day',
  retired: {},
  rules: null,
};

/** All that a manifest may name, git providers first. */
export function credentialFacts(providers: readonly ProviderFacts[]): readonly CredentialFacts[] {
  return [...providers.map((provider) => ({ ...provider, rules: provider })), registryFacts];
}

/** The facts of a provider by its name or an alias, else the name that was probably meant. */
export function findFacts(
  all: readonly CredentialFacts[],
  name: string,
): CredentialFacts | { meant: string | null } {
  const byName = new Map(
    all.flatMap((facts) => [facts.provider, ...facts.aliases].map((each) => [each, facts])),
  );
  return byName.get(name) ?? { meant: foreseenProvider(name) ?? nearest(name.toLowerCase(), byName.keys()) };
}

/** The keys that each way of signing in is written with; the first ones name it, all together make it. */
export const signInKeys: Readonly<Record<SignInKind, readonly CredentialKey[]>> = {
  token: ['token'],
  password: ['password'],
  app: ['app'],
  'ssh-key': ['ssh-key'],
  aws: ['access-key-id', 'secret-access-key', 'session-token'],
  entra: ['entra-token'],
  'google-key': ['google-key'],
  'google-token': ['access-token'],
};

/** The keys that a credential of this provider may have, in the order in which people write them. */
export function keysOf({
  provider,
  signIns,
  publicOrigin,
  usesEmail,
}: CredentialFacts): readonly CredentialKey[] {
  const named = signIns.includes('token') || signIns.includes('password');
  const short = publicOrigin === null ? [] : (['organization', 'group', 'workspace'] as const);
  const place =
    provider === 'registry' ? (['registry', 'token-realm'] as const) : (['url', ...short] as const);
  const git = ['registries', 'ssh', 'api-url'] as const;
  return [
    ...(['name', 'provider'] as const),
    ...place,
    ...(named ? (['username'] as const) : []),
    ...(usesEmail ? (['email'] as const) : []),
    ...signIns.flatMap((kind) => signInKeys[kind]),
    ...(signIns.includes('ssh-key') ? (['known-hosts'] as const) : []),
    ...(provider === 'registry' ? [] : git),
    ...([
      'access',
      'expires',
      'default',
      'status',
      'environments',
      'purposes',
      'description',
      'contact',
    ] as const),
  ];
}
