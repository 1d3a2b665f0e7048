import type { Fault } from '../fault.ts';
import { buildApp } from './build-app.ts';
import { type CredentialFacts, signInKeys } from './credential-facts.ts';
import type { CredentialKey } from './credential-keys.ts';
import type { RawCredential } from './definitions.ts';
import type { Reference, ReferencedSignIn, SignInKind } from './manifest.ts';
import { placeOf, report, type Spot } from './reading.ts';
import { type RawReference, toReference } from './reference.ts';

/** How a credential signs in; null when it does not say, or says it twice, which is reported. */
export function buildSignIn(raw: RawCredential, facts: CredentialFacts, spot: Spot): ReferencedSignIn | null {
  const kinds = facts.signIns.filter((kind) => signInKeys[kind].some((key) => raw[key] !== undefined));
  const [kind, second] = kinds;
  if (kind !== undefined && second === undefined) {
    reportStrays(raw, { kind, facts }, spot);
    return build(kind, raw, spot);
  }
  const foreign = Object.values(signInKeys)
    .flat()
    .some((key) => raw[key] !== undefined);
  if (kind !== undefined) report(spot.reading, spot.path, severalSignIns(kinds));
  else if (!foreign) report(spot.reading, spot.path, noSignIn(facts));
  return null;
}

function build(kind: SignInKind, raw: RawCredential, spot: Spot): ReferencedSignIn | null {
  const maybe = (key: CredentialKey): Reference | undefined => {
    const value = raw[key] as RawReference | undefined;
    return value === undefined ? undefined : toReference(value, placeOf(spot.reading, [...spot.path, key]));
  };
  const must = (key: CredentialKey): Reference => {
    const value = maybe(key);
    if (value === undefined) throw new TypeError(`${kind} is known by ${key}`);
    return value;
  };
  switch (kind) {
    case 'token':
      return { kind, token: must('token'), username: maybe('username'), email: maybe('email') };
    case 'password':
      return { kind, password: must('password'), username: maybe('username') };
    case 'app':
      return raw.app === undefined ? null : buildApp(raw.app, { ...spot, path: [...spot.path, 'app'] });
    case 'ssh-key':
      return { kind, key: must('ssh-key'), knownHosts: maybe('known-hosts') };
    case 'aws':
      return buildAws(
        {
          accessKeyId: maybe('access-key-id'),
          secretAccessKey: maybe('secret-access-key'),
          sessionToken: maybe('session-token'),
        },
        spot,
      );
    case 'entra':
      return { kind, token: must('entra-token') };
    case 'google-key':
      return { kind, key: must('google-key') };
    case 'google-token':
      return { kind, token: must('access-token') };
  }
}

interface AwsKeys {
  readonly accessKeyId: Reference | undefined;
  readonly secretAccessKey: Reference | undefined;
  readonly sessionToken: Reference | undefined;
}

function buildAws(
  { accessKeyId, secretAccessKey, sessionToken }: AwsKeys,
  spot: Spot,
): ReferencedSignIn | null {
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { kind: 'aws', accessKeyId, secretAccessKey, sessionToken };
  }
  report(spot.reading, spot.path, halfAwsKeys);
  return null;
}

/** Keys that belong to another way of signing in than the one chosen, and the one that a password needs. */
function reportStrays(
  raw: RawCredential,
  { kind, facts }: { kind: SignInKind; facts: CredentialFacts },
  spot: Spot,
): void {
  const stray = (key: CredentialKey, owners: readonly SignInKind[]) => {
    if (raw[key] !== undefined && !owners.includes(kind))
      report(spot.reading, [...spot.path, key], strayKey(key, kind));
  };
  stray('username', ['token', 'password']);
  stray('email', ['token']);
  stray('known-hosts', ['ssh-key']);
  if (kind === 'ssh-key') stray('registries', []);
  if (raw.username === undefined && facts.needsUsername.includes(kind)) {
    report(spot.reading, spot.path, usernameMissing(kind));
  }
}

function noSignIn({ provider, signIns }: CredentialFacts): Fault {
  const [last, ...others] = signIns.map((kind) => `\`${signInKeys[kind][0]}\``).reverse();
  const ways = others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
  return {
    code: 'sign-in-missing',
    message: 'The credential does not say how to sign in.',
    hint: `${provider} takes ${ways}.`,
  };
}

function severalSignIns(kinds: readonly SignInKind[]): Fault {
  const keys = kinds.map((kind) => `\`${signInKeys[kind][0]}\``);
  return {
    code: 'sign-in-ambiguous',
    message: `The credential says in ${keys.length} ways how to sign in: ${keys.join(', ')}.`,
    hint: 'Keep one; write a second credential for another.',
  };
}

function strayKey(key: string, kind: SignInKind): Fault {
  return {
    code: 'key-not-of-sign-in',
    message: `\`${key}\` has no meaning beside \`${signInKeys[kind][0]}\`.`,
    hint: 'Remove it.',
  };
}

function usernameMissing(kind: SignInKind): Fault {
  return {
    code: 'username-missing',
    message: `\`${signInKeys[kind][0]}\` needs a \`username\` beside it.`,
    hint: 'Add `username`.',
  };
}

const halfAwsKeys: Fault = {
  code: 'aws-keys-incomplete',
  message: 'AWS keys come in pairs: `access-key-id` and `secret-access-key`.',
  hint: 'Add the missing one; temporary keys have a `session-token` too.',
};
