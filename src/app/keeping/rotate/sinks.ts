import { resolve } from 'node:path';
import { Failure } from '../../../core/failure.ts';
import { isFault } from '../../../core/fault.ts';
import { withChanges } from '../../../core/manifest/edit/credential.ts';
import { inlined } from '../../../core/manifest/edit/inline.ts';
import type { Reference } from '../../../core/manifest/manifest.ts';
import type { Secret } from '../../../core/secret.ts';
import type { Entry, Store } from '../../../stores/store.ts';
import { writePrivateFile } from '../../../system/private-file.ts';
import type { KeepingContext } from '../context.ts';
import { refuseUnfit } from '../kept-secret.ts';
import { editedText, openManifest, saveManifest } from '../manifest-file.ts';
import { openStore } from '../open-store.ts';
import { storeEntry } from '../store-entry.ts';
import { manifestUpload } from '../upload-entries.ts';
import type { RotateRequest } from './request.ts';
import type { Ground, Subject } from './subject.ts';

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
  const { reference, credential } = subject;
  const store =
    request.store === null ? null : await openStore(request.store, ground.manifest.credentials, context);
  const own = ownSink(reference, store);
  const editsFile = context.job.ci === 'none' && ground.path !== null;
  const file = editsFile ? fileSink(subject, ground, context) : null;
  const storesManifest = store !== null && (reference.from !== 'env' || ground.path === null);
  const stored =
    storesManifest && changesManifest(subject)
      ? storedSink(subject, { ground, request, store }, context)
      : null;
  const all = [own, changesManifest(subject) ? file : null, stored].filter((sink) => sink !== null);
  if (all.length === 0) throw nowhere(subject);
  const stale = credential.expires !== null && file === null && stored === null;
  return {
    all,
    byHand: ({ expires }) =>
      stale && expires !== null
        ? [`Write \`expires: ${expires}\` for ${credential.name} into the manifest: it says an earlier end.`]
        : [],
  };
}

/** Whether the manifest itself says something else afterwards, or a copy of it with its files put in does. */
function changesManifest({ reference, credential }: Subject): boolean {
  return reference.from === 'text' || reference.from === 'file' || credential.expires !== null;
}

/** Where the reference leads. */
function ownSink(reference: Reference, store: Store | null): Sink | null {
  if (reference.from === 'file') {
    const { path } = reference;
    return { label: path, put: async ({ secret }) => writePrivateFile(path, secret) };
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
      saveManifest(file, textWith(file.source.text, subject, value));
    },
  };
}

interface Storing {
  readonly ground: Ground;
  readonly request: RotateRequest;
  readonly store: Store;
}

/** The manifest as the store has it: with the files of this machine in it. */
function storedSink(subject: Subject, { ground, request, store }: Storing, { env }: KeepingContext): Sink {
  return {
    label: `${store.label} (${request.as})`,
    put: async (value) => {
      const text = textWith(ground.source.text, subject, value, subject.reference.from === 'file');
      const options = { name: request.as, inline: 'files' } as const;
      const { entries } = manifestUpload({ ...ground.source, text }, options, { store, env });
      for (const entry of entries) await putInto(store, entry);
    },
  };
}

/** The manifest's text with the new value: the secret where it stands in the text, and the end where it was said. */
function textWith(
  text: string,
  { credential, reference }: Subject,
  value: NewValue,
  intoText = false,
): string {
  const holds = reference.from === 'text' || intoText;
  const secret = holds ? inlined(text, new Map([[reference, value.secret]])) : text;
  const changes = credential.expires === null || value.expires === null ? [] : [value.expires];
  if (isFault(secret)) return editedText(secret);
  return editedText(
    withChanges(
      secret,
      credential.name,
      changes.map((expires) => ({ key: 'expires', within: 'credential', value: expires })),
    ),
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
