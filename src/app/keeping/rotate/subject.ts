import { Failure } from '../../../core/failure.ts';
import { mainSecret } from '../../../core/manifest/main-secret.ts';
import type { Credential, Reference, ResolvedSignIn } from '../../../core/manifest/manifest.ts';
import { nearest } from '../../../core/manifest/nearest.ts';
import { referencesOf } from '../../../core/manifest/reference.ts';
import type { Secret } from '../../../core/secret.ts';
import { resolveSignIn } from '../../references.ts';
import type { KeepingContext } from '../context.ts';
import type { Ground } from './ground.ts';

/** A credential that is to get a new secret. */
export interface Subject {
  readonly credential: Credential;
  readonly signIn: ResolvedSignIn;
  /** Where the manifest has the secret. */
  readonly reference: Reference;
  readonly current: Secret;
  /** It and the others that have the same secret, as far as the manifest itself tells. */
  readonly sharers: readonly Credential[];
  /** Where the manifest has the secret written out. */
  readonly written: readonly Reference[];
}

/** @throws Failure `usage` for an unknown name. It is not said back: it may be a secret. */
export function credentialOf(name: string, { manifest }: Ground): Credential {
  const names = manifest.credentials.map((one) => one.name);
  const found = manifest.credentials.find((one) => one.name === name);
  if (found !== undefined) return found;
  const meant = nearest(name, names);
  throw new Failure('usage', 'The manifest has no credential of that name.', {
    hint: `${meant === null ? '' : `Did you mean ${meant}? `}\`credential list\` shows the names.`,
  });
}

/** @throws Failure `usage` for an unknown name, `reference-unresolved` when its secret is not at hand. */
export function subjectOf(name: string, ground: Ground, context: KeepingContext): Subject {
  const { manifest } = ground;
  const credential = credentialOf(name, ground);
  const signIn = resolveSignIn(credential, context);
  const reference = mainSecret(credential.signIn);
  const current = mainSecret(signIn);
  context.know(current);
  const same = (one: Reference) => isSame(one, reference, current);
  const sharers = manifest.credentials.filter((one) => one === credential || referencesOf(one).some(same));
  const written = sharers.flatMap(referencesOf).filter((one) => one.from === 'text' && same(one));
  return { credential, signIn, reference, current, sharers, written };
}

/** Whether two references lead to one secret: it is written out, or they name the same place. */
function isSame(one: Reference, other: Reference, current: Secret): boolean {
  if (one.from === 'text') return one.text.reveal() === current.reveal();
  if (one.from === 'file') return other.from === 'file' && other.path === one.path;
  return one.from === other.from && 'name' in other && other.name === one.name;
}
