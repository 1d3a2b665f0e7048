import type { Env } from '../../core/env.ts';
import { Failure } from '../../core/failure.ts';
import { isFault } from '../../core/fault.ts';
import { inlined } from '../../core/manifest/edit/inline.ts';
import { unpack } from '../../core/manifest/edit/packaging.ts';
import type { Credential, Manifest, Reference } from '../../core/manifest/manifest.ts';
import { type ManifestSource, readManifests } from '../../core/manifest/read.ts';
import { referencesOf } from '../../core/manifest/reference.ts';
import { Secret } from '../../core/secret.ts';
import { withoutLastBreak } from '../../core/text-form.ts';
import { gitProviders } from '../../providers/index.ts';
import type { Entry, Store } from '../../stores/store.ts';
import { readSecretFile } from '../../system/secret-file.ts';
import { editedText } from './manifest-file.ts';

/** What of a manifest is put in the place of references before it is uploaded. */
export type Inline = 'files' | 'all' | 'none';

/** What is to be stored, and what can be tried of it before. */
export interface Upload {
  readonly entries: readonly Entry[];
  readonly manifest: Manifest;
  /** Credentials that can be tried here: their secrets are at hand. */
  readonly testable: readonly string[];
  /** Those that cannot, with the variables and files that are missing here. */
  readonly untested: readonly { readonly name: string; readonly missing: readonly string[] }[];
}

interface Place {
  readonly store: Store;
  readonly env: Env;
}

/** The whole manifest as one secret. @throws Failure `manifest-invalid`, `usage`. */
export function manifestUpload(
  source: ManifestSource,
  { name, inline }: { name: string; inline: Inline },
  { store, env }: Place,
): Upload {
  const unpacked = unpack(source.text);
  const text = isFault(unpacked) ? source.text : unpacked.text;
  const before = validManifest({ ...source, text });
  const full = editedText(inlined(text, valuesToInline(before, inline, env)));
  const manifest = validManifest({ ...source, text: full });
  const value = new Secret(full);
  const entry = { name, value, form: store.formOf(value, 'manifest') };
  return { entries: [entry], manifest, ...readiness(manifest.credentials, env) };
}

/** Single values: the variables that the manifest names. @throws Failure `usage` for one that it does not name, or that is unset. */
export function valueUpload(source: ManifestSource, names: readonly string[], { store, env }: Place): Upload {
  const manifest = validManifest(source);
  const references = manifest.credentials.flatMap((one) => referencesOf(one));
  const entries = names.map((name) => {
    const reference = references.find((one) => 'name' in one && one.name === name);
    if (reference === undefined) throw notNamed(name);
    return entryFor(reference, name, { store, env });
  });
  const users = manifest.credentials.filter((one) =>
    referencesOf(one).some((reference) => 'name' in reference && names.includes(reference.name)),
  );
  return { entries, manifest, ...readiness(users, env) };
}

function entryFor(reference: Reference, name: string, { store, env }: Place): Entry {
  const held = heldBy(reference, env);
  if (held === null) throw unset(name);
  if (reference.from === 'file-env') return { name, value: held, form: 'file' };
  return { name, value: held, form: store.formOf(held, held.reveal().includes('\n') ? 'key' : 'line') };
}

const inlinedKinds = { none: [], files: ['file'], all: ['file', 'env', 'file-env'] } as const;

function valuesToInline({ credentials }: Manifest, inline: Inline, env: Env): ReadonlyMap<Reference, Secret> {
  const from: readonly Reference['from'][] = inlinedKinds[inline];
  const references = credentials.flatMap((one) => referencesOf(one)).filter((one) => from.includes(one.from));
  return new Map(
    references.flatMap((reference) => {
      const value = heldBy(reference, env);
      return value === null ? [] : [[reference, value] as const];
    }),
  );
}

/** A secret in one line is that line; a key keeps its last line break. */
function oneLine(text: string): string {
  const line = withoutLastBreak(text);
  return line.includes('\n') ? text : line;
}

/** What a reference leads to; null when there is nothing here. */
function heldBy(reference: Reference, env: Env): Secret | null {
  if (reference.from === 'text') return reference.text;
  const named = 'name' in reference ? (env[reference.name] ?? '') : '';
  if (reference.from === 'env') return named === '' ? null : new Secret(oneLine(named));
  const text = readSecretFile(reference.from === 'file' ? reference.path : named);
  return isFault(text) ? null : new Secret(oneLine(text));
}

function readiness(credentials: readonly Credential[], env: Env): Pick<Upload, 'testable' | 'untested'> {
  const all = credentials.map((one) => ({
    name: one.name,
    missing: referencesOf(one).flatMap((reference) =>
      heldBy(reference, env) === null ? [holderOf(reference)] : [],
    ),
  }));
  return {
    testable: all.filter(({ missing }) => missing.length === 0).map(({ name }) => name),
    untested: all.filter(({ missing }) => missing.length > 0),
  };
}

function holderOf(reference: Reference): string {
  return 'name' in reference ? reference.name : reference.from === 'file' ? reference.path : '';
}

function validManifest(source: ManifestSource): Manifest {
  const { manifest, problems } = readManifests([source], gitProviders);
  if (manifest !== null) return manifest;
  throw new Failure('manifest-invalid', 'The manifest has errors: it was not uploaded.', {
    hint: 'Correct it; `lint` checks it without secrets.',
    problems: problems.filter(({ severity }) => severity === 'error'),
  });
}

function notNamed(name: string): Failure {
  const shown = /^[A-Z][A-Z0-9_]{0,63}$/.test(name) ? ` ${name}` : ' of that name';
  return new Failure('usage', `The manifest names no variable${shown}.`, {
    hint: 'Name variables as the manifest does ({ env: NAME }), or none to upload the manifest itself.',
  });
}

function unset(name: string): Failure {
  return new Failure('usage', `The variable ${name} is not set here, or empty.`, {
    hint: 'Set it for this command only: what is uploaded comes from the environment.',
  });
}
