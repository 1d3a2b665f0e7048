import { type Fault, isFault } from '../fault.ts';
import { hostText, parseHost } from '../host.ts';
import { parseRegistryScope } from '../target/registry-scope.ts';
import { buildBase, parseApiUrl } from './build-base.ts';
import { buildSignIn } from './build-sign-in.ts';
import { type CredentialFacts, findFacts, keysOf } from './credential-facts.ts';
import type { CredentialKey } from './credential-keys.ts';
import type { RawCredential } from './definitions.ts';
import { parseExpiry } from './expiry.ts';
import type { Credential } from './manifest.ts';
import { placeOf, report, type Spot } from './reading.ts';
import { parseSshAddress } from './ssh-address.ts';
import { positionOfKey } from './tree.ts';

export interface CredentialSpot extends Spot {
  readonly facts: readonly CredentialFacts[];
  /** Position over all manifests. */
  readonly order: number;
}

/** A credential from what the document has; null when something about it is wrong, which is reported. */
export function buildCredential(raw: RawCredential, spot: CredentialSpot): Credential | null {
  const { reading, path, order } = spot;
  const before = reading.problems.length;
  if (raw.provider === undefined) return null;
  const facts = findFacts(spot.facts, raw.provider);
  if ('meant' in facts) {
    report(reading, [...path, 'provider'], noSuchProvider(facts.meant, spot.facts));
    return null;
  }
  reportForeignKeys(raw, facts, spot);
  const signIn = buildSignIn(raw, facts, spot);
  const rest = { ...reach(raw, facts, spot), ...terms(raw, facts, spot) };
  if (signIn === null || reading.problems.length > before) return null;
  return { name: raw.name, provider: facts.provider, ...rest, signIn, order, place: placeOf(reading, path) };
}

type Reach = Pick<Credential, 'base' | 'registries' | 'ssh' | 'apiUrl' | 'tokenRealm'>;
type Terms = Omit<Credential, keyof Reach | 'name' | 'provider' | 'signIn' | 'order' | 'place'>;

/** Where a credential is good for, and where its host's services are. */
function reach(raw: RawCredential, facts: CredentialFacts, spot: Spot): Reach {
  const read = reader(spot);
  const isRegistry = facts.rules === null;
  if (isRegistry && raw.registry === undefined) report(spot.reading, spot.path, registryMissing);
  return {
    base: isRegistry ? null : buildBase(raw, facts, spot),
    registries: read(isRegistry ? 'registry' : 'registries', raw, parseRegistryScope),
    ssh: read('ssh', raw, parseSshAddress),
    apiUrl: read('api-url', raw, parseApiUrl)[0] ?? null,
    tokenRealm: read('token-realm', raw, parseRealmHost)[0] ?? null,
  };
}

/** When and for what a credential may be used, and what people say of it. */
function terms(raw: RawCredential, { dateEnds }: CredentialFacts, spot: Spot): Terms {
  return {
    isDefault: raw.default?.toLowerCase() === 'true',
    active: raw.status !== 'inactive',
    expires: reader(spot)('expires', raw, (text) => parseExpiry(text, dateEnds))[0] ?? null,
    access: raw.access ?? 'both',
    environments: raw.environments === undefined ? null : [raw.environments].flat(),
    purposes: [raw.purposes ?? []].flat(),
    description: raw.description ?? null,
    contact: raw.contact ?? null,
  };
}

/** Reads a key's value, or each item of its list; what is wrong is reported where it stands. */
function reader({ reading, path }: Spot) {
  return <Value>(
    key: CredentialKey,
    raw: RawCredential,
    parse: (text: string) => Value | Fault,
  ): readonly Value[] => {
    const written = raw[key] as string | readonly string[] | undefined;
    const values: Value[] = [];
    for (const [index, text] of [written ?? []].flat().entries()) {
      const value = parse(text);
      const here = typeof written === 'string' ? [...path, key] : [...path, key, index];
      if (isFault(value)) report(reading, here, value);
      else values.push(value);
    }
    return values;
  };
}

/** The host of a token service, also taken from its URL (security rule 12). */
function parseRealmHost(text: string): string | Fault {
  const host = parseHost(text.replace(/^https:\/\//i, '').replace(/\/.*$/s, ''));
  return host === null ? realmInvalid : hostText(host, 'https');
}

function reportForeignKeys(
  raw: RawCredential,
  facts: CredentialFacts,
  { reading, path }: CredentialSpot,
): void {
  const own = new Set<string>(keysOf(facts));
  for (const key of Object.keys(raw).filter((name) => !own.has(name))) {
    report(reading, [...path, key], foreignKey(key, facts), positionOfKey(reading.tree, path, key));
  }
}

function noSuchProvider(meant: string | null, all: readonly CredentialFacts[]): Fault {
  const names = all.map(({ provider }) => provider).join(', ');
  return {
    code: 'provider-unknown',
    message: 'There is no such provider.',
    hint: meant === null ? `Write one of ${names}.` : `Write \`${meant}\`.`,
  };
}

function foreignKey(key: string, { provider, publicOrigin, signIns }: CredentialFacts): Fault {
  const hints: Readonly<Record<string, string>> = {
    ...(signIns.includes('token') && {
      password: 'Write it as `token`.',
      'access-token': 'Write it as `token`.',
    }),
    app: 'Only GitHub has Apps of this kind; use a token.',
    token: 'Write it as `password`, with its `username`.',
    url: 'Write the host and the namespace as `registry`.',
    registry: 'Write it as an item of `registries`, or as a credential with `provider: registry`.',
    ...(publicOrigin === null && {
      organization: 'Write `url`.',
      group: 'Write `url`.',
      workspace: 'Write `url`.',
    }),
  };
  return {
    code: 'key-not-of-provider',
    message: `\`${key}\` has no meaning for ${provider}.`,
    hint: hints[key] ?? 'Remove it, or name the provider it belongs to.',
  };
}

const registryMissing: Fault = {
  code: 'registry-missing',
  message: '`registry` is missing.',
  hint: 'Write the host, with a namespace if the credential is for that only: ghcr.io/acme. Docker Hub is docker.io.',
};
const realmInvalid: Fault = {
  code: 'token-realm-invalid',
  message: 'This is not a host.',
  hint: 'Write the host of the token service: auth.example.com.',
};
