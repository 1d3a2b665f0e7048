import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../../../core/failure.ts';
import { withChanges } from '../../../core/manifest/edit/credential.ts';
import { inlined } from '../../../core/manifest/edit/inline.ts';
import type { Reference } from '../../../core/manifest/manifest.ts';
import type { Secret } from '../../../core/secret.ts';
import type { Entry, Store } from '../../../stores/store.ts';
import type { KeepingContext } from '../context.ts';
import { writeKeptFile } from '../kept-file.ts';
import { refuseUnfit } from '../kept-secret.ts';
import { checkEdited, editedText, openManifest, saveManifest } from '../manifest-file.ts';
import { openStore } from '../open-store.ts';
import { storeEntry } from '../store-entry.ts';
import { manifestUpload } from '../upload-entries.ts';
import { editsFile, type Ground } from './ground.ts';
import type { RotateRequest } from './request.ts';
import type { Subject } from './subject.ts';

/** A new secret, and when it ends as a manifest writes it; null leaves `expires` as it is. */
export interface NewValue {
  readonly secret: Secret;
  readonly expires: string | null;
}

/** A place that gets the new value. */
export interface Sink {
  /** For people. */
  readonly label: string;
  /** Writes, and looks whether it is there. With the present value it proves that the place can be written. */
  readonly put: (value: NewValue) => Promise<void>;
}

export interface Sinks {
  readonly all: readonly Sink[];
  /** What a person must do by hand, once it is done. */
  readonly byHand: (value: NewValue) => readonly string[];
}

/**
 * Every place that must get the new value, the secret's own before the manifest's.
 * @throws Failure `usage` when the new value could be kept nowhere.
 */
export async function sinksFor(
  subject: Subject,
  { ground, request }: { ground: Ground; request: RotateRequest },
  context: KeepingContext,
): Promise<Sinks> {
  const { reference, sharers } = subject;
  const store =
    request.store === null ? null : await openStore(request.store, ground.manifest.credentials, context);
  const own = ownSink(reference, store);
  const file = editsFile(ground, context) ? fileSink(subject, ground, context) : null;
  const storesManifest = store !== null && (reference.from !== 'env' || ground.path === null);
  const stored =
    storesManifest && changesManifest(subject)
      ? storedSink(subject, { ground, request, store }, context)
      : null;
  const all = [own, changesManifest(subject) ? file : null, stored].filter((sink) => sink !== null);
  if (all.length === 0) throw nowhere(subject);
  const stale = file !== null || stored !== null ? [] : sharers.filter((one) => one.expires !== null);
  return {
    all,
    byHand: ({ expires }) =>
      expires === null
        ? []
        : stale.map(
            ({ name }) =>
              `Write \`expires: ${expires}\` for ${name} into the manifest: it says an earlier end.`,
          ),
  };
}

/** Whether the manifest itself says something else afterwards, or a copy of it with its files put in does. */
function changesManifest({ reference, sharers, written }: Subject): boolean {
  return written.length > 0 || reference.from === 'file' || sharers.some(({ expires }) => expires !== null);
}

/** Where the reference leads. */
function ownSink(reference: Reference, store: Store | null): Sink | null {
  if (reference.from === 'file') {
    // Mounted secrets are links: what they lead to is replaced.
    const path = realpathSync(reference.path);
    return { label: reference.path, put: async ({ secret }) => writeKeptFile(path, secret) };
  }
  if (reference.from === 'text') return null;
  if (store === null) throw needsStore(reference.name);
  return {
    label: `${store.label} (${reference.name})`,
    put: ({ secret }) => putInto(store, entryFor(reference, secret, store)),
  };
}

function entryFor(reference: Extract<Reference, { name: string }>, value: Secret, store: Store): Entry {
  const isFile = reference.from === 'file-env';
  const form = isFile ? 'file' : store.formOf(value, value.reveal().includes('\n') ? 'key' : 'line');
  return { name: reference.name, value, form };
}

async function putInto(store: Store, entry: Entry): Promise<void> {
  refuseUnfit(entry, store);
  await storeEntry(entry, await store.find(entry.name), store);
}

function fileSink(subject: Subject, ground: Ground, context: KeepingContext): Sink {
  const path = resolve(context.cwd, ground.path ?? '');
  return {
    label: path,
    put: async (value) => {
      const file = await openManifest(path, context, { mayMake: false });
      const text = textWith(file.source.text, subject, value);
      checkEdited(file, text);
      saveManifest(file, text);
    },
  };
}

interface Storing {
  readonly ground: Ground;
  readonly request: RotateRequest;
  readonly store: Store;
}

/** The manifest as the store has it: with the files of this machine in it. */
function storedSink(subject: Subject, { ground, request, store }: Storing, context: KeepingContext): Sink {
  return {
    label: `${store.label} (${request.as})`,
    put: async (value) => {
      const own = textWith(ground.source.text, subject, value);
      const text = textWith(ground.source.text, subject, value, subject.reference.from === 'file');
      const options = { name: request.as, inline: 'files' } as const;
      const { entries } = manifestUpload({ ...ground.source, text }, options, { store, env: context.env });
      for (const entry of entries) await putInto(store, entry);
      // The next credential is rotated on what the store has now, and not on what this job was given.
      if (!editsFile(ground, context)) ground.source = { ...ground.source, text: own };
    },
  };
}

/** The manifest's text with the new value: the secret wherever it stands in the text, and the end where it was said. */
function textWith(
  text: string,
  { reference, sharers, written }: Subject,
  value: NewValue,
  intoText = false,
): string {
  const places = intoText ? [reference] : written;
  const secret = inlined(text, new Map(places.map((one) => [one, value.secret])));
  const { expires } = value;
  if (expires === null) return editedText(secret);
  return sharers
    .filter((one) => one.expires !== null)
    .reduce(
      (rest, { name }) =>
        editedText(withChanges(rest, name, [{ key: 'expires', within: 'credential', value: expires }])),
      editedText(secret),
    );
}

function needsStore(variable: string): Failure {
  return new Failure('usage', `The secret comes from the variable ${variable}: say where that is kept.`, {
    hint: 'Name the place with --to: a repository, project, group or organisation, or a file.',
  });
}

function nowhere({ credential }: Subject): Failure {
  return new Failure('usage', `The new secret of ${credential.name} could be kept nowhere.`, {
    hint: 'Name a place with --to, or the manifest file with --manifest.',
  });
}
