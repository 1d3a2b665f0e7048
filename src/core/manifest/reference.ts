import { Secret } from '../secret.ts';
import type { Credential, Place, Reference } from './manifest.ts';

/** A literal, `{ env }`, `{ file }` or `{ file: { env } }`, as the document has it. */
export type RawReference =
  | string
  | { readonly env: string }
  | { readonly file: string | { readonly env: string } };

/** A value that may be given by name, with where it stands; literals are taken for secrets. */
export function toReference(raw: RawReference, place: Place): Reference {
  if (typeof raw === 'string') return { from: 'text', text: new Secret(raw), place };
  if ('env' in raw) return { from: 'env', name: raw.env, place };
  if (typeof raw.file === 'string') return { from: 'file', path: raw.file, place };
  return { from: 'file-env', name: raw.file.env, place };
}

/** Everything a credential gives literally or by name. */
export function referencesOf({ signIn }: Pick<Credential, 'signIn'>): readonly Reference[] {
  return Object.values(signIn).filter(isReference);
}

/** Tells a reference from the other values of a sign-in, an App's permissions among them. */
export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'from' in value && 'place' in value;
}
