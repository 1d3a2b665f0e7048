import { join } from 'node:path';
import type { Env } from '../../core/env.ts';
import { Failure } from '../../core/failure.ts';
import type { Plain } from '../../core/manifest/edit/plain.ts';
import type { Secret } from '../../core/secret.ts';
import type { Entry, Store } from '../../stores/store.ts';
import type { KeepingContext } from './context.ts';
import { keysFolder } from './context.ts';
import { writeKeptFile } from './kept-file.ts';

/** Where the secrets of a credential are kept: by name in a variable, in a file of mode 0600, or in the manifest. */
export type Keep = 'env' | 'file' | 'manifest';

/** A secret that a credential gets, and how the manifest is to speak of it. */
export interface NewSecret {
  /** `token`, `private-key`. */
  readonly key: string;
  readonly value: Secret;
  /** Whether it has many lines. */
  readonly isKey: boolean;
  /** The variable that jobs have it in. */
  readonly variable: string;
}

export interface KeptSecret {
  /** What the manifest says. */
  readonly reference: Plain;
  /** The variable with the secret in it, for a test: nothing is kept yet. */
  readonly env: Env;
  /** Puts the secret where the reference leads. Gives what a person must still do, as a sentence; null for nothing. */
  readonly keep: () => Promise<string | null>;
}

/**
 * Decides how a secret is kept, without keeping it yet.
 * @throws Failure `usage` when the store cannot take it: its name, its size, its shape.
 */
export function keptSecret(secret: NewSecret, place: Place, context: KeepingContext): KeptSecret {
  const { variable, value } = secret;
  return { env: { [variable]: value.reveal() }, ...ways[place.keep](secret, place, context) };
}

export interface Place {
  readonly keep: Keep;
  readonly store: Store | null;
  /** Name of the credential. */
  readonly credential: string;
  /** The file that has the old secret; null where there is none. */
  readonly path: string | null;
}

type Way = (secret: NewSecret, place: Place, context: KeepingContext) => Omit<KeptSecret, 'env'>;

const ways: Readonly<Record<Keep, Way>> = {
  manifest: ({ value }) => ({ reference: value.reveal(), keep: async () => null }),
  file: ({ key, value }, { credential, path: present }, { env }) => {
    const path = present ?? join(keysFolder(env), `${credential}.${key}`);
    const keep = async () => {
      writeKeptFile(path, value);
      return null;
    };
    return { reference: { file: path }, keep };
  },
  env: (secret, { store }, context) => {
    const { variable } = secret;
    if (store === null)
      return { reference: { env: variable }, keep: async () => reminder(variable, context) };
    const entry = entryFor(secret, store);
    return { reference: { env: variable }, keep: () => putEntry(entry, store) };
  },
};

function entryFor({ variable, value, isKey }: NewSecret, store: Store): Entry {
  const entry: Entry = { name: variable, value, form: store.formOf(value, isKey ? 'key' : 'line') };
  refuseUnfit(entry, store);
  return entry;
}

/** @throws Failure `usage` for what the store would refuse, before anything is sent. */
export function refuseUnfit(entry: Entry, store: Store): void {
  const fault = store.refusal(entry);
  if (fault !== null) throw new Failure('usage', `${entry.name} ${fault.message}.`, { hint: fault.hint });
}

async function putEntry(entry: Entry, store: Store): Promise<string | null> {
  await store.put(entry, await store.find(entry.name));
  return null;
}

function reminder(variable: string, { env }: KeepingContext): string | null {
  return (env[variable] ?? '') === ''
    ? `The manifest names the variable ${variable}: store the secret under that name in your CI (\`upload ${variable}\` does it).`
    : null;
}

/** `ACME_APP_PRIVATE_KEY` for the credential `acme-app` and the key `private-key`. */
export function variableFor(credential: string, key: string): string {
  const [name, suffix] = [credential, key].map((text) => text.toUpperCase().replaceAll('-', '_'));
  return name?.endsWith(`_${suffix}`) ? name : `${name}_${suffix}`;
}
