import { Failure } from '../../core/failure.ts';
import { readManifests } from '../../core/manifest/read.ts';
import { gitProviders } from '../../providers/index.ts';
import type { Entry, Found, Store } from '../../stores/store.ts';
import { storedSize } from '../../stores/stored-text.ts';
import { findManifests, type ManifestRequest } from '../manifest.ts';
import type { KeepingContext } from './context.ts';
import { refuseUnfit } from './kept-secret.ts';
import { openStore } from './open-store.ts';
import { storeEntry } from './store-entry.ts';
import type { StoreRequest } from './store-request.ts';
import { refuseFailing, testCredentials } from './test-credentials.ts';
import { type Inline, manifestUpload, type Upload, valueUpload } from './upload-entries.ts';

export interface UploadRequest {
  readonly manifest: ManifestRequest;
  /** Variables to store each for itself; none for the manifest as a whole. */
  readonly names: readonly string[];
  /** The name under which the manifest is stored. */
  readonly as: string;
  readonly inline: Inline;
  readonly store: StoreRequest;
  readonly test: boolean;
  readonly dryRun: boolean;
}

/** What became of one value; nothing in it is secret. */
export interface Uploaded {
  readonly name: string;
  /** In bytes, as it is stored. */
  readonly size: number;
  readonly form: Entry['form'];
  /** Whether something of that name was there. */
  readonly replaces: boolean;
  readonly advice: string | null;
}

export interface UploadResult {
  readonly store: string;
  readonly values: readonly Uploaded[];
  readonly untested: Upload['untested'];
}

/**
 * Stores the manifest, or single values, where jobs get them from. Everything that can be known before is: names, sizes,
 * that the store can be reached, and that what is to be stored works. What was there is replaced only then.
 * @throws Failure that says for each value what became of it.
 */
export async function upload(request: UploadRequest, context: KeepingContext): Promise<UploadResult> {
  const source = await oneSource(request.manifest, context);
  const credentials = readManifests([source], gitProviders).manifest?.credentials ?? [];
  const store = await openStore(request.store, credentials, context);
  const place = { store, env: context.env };
  const { names, as: name, inline } = request;
  const planned =
    names.length === 0 ? manifestUpload(source, { name, inline }, place) : valueUpload(source, names, place);
  for (const entry of planned.entries) {
    context.know(entry.value);
    refuseUnfit(entry, store);
  }
  const found = await Promise.all(planned.entries.map(({ name }) => store.find(name)));
  if (request.test) await testFirst(planned, context);
  const values = planned.entries.map((entry, index) => describe(entry, found[index] ?? null));
  if (!request.dryRun) await storeAll(planned.entries, found, store);
  return { store: store.label, values, untested: request.test ? planned.untested : [] };
}

async function oneSource(request: ManifestRequest, context: KeepingContext) {
  const [source, ...others] = await findManifests(request, context);
  if (source !== undefined && others.length === 0) return source;
  throw new Failure('usage', 'One manifest is uploaded at a time.', { hint: 'Name one with --manifest.' });
}

async function testFirst({ manifest, testable }: Upload, context: KeepingContext): Promise<void> {
  const names = manifest.credentials.filter(({ active, name }) => active && testable.includes(name));
  const test = await testCredentials({ manifest, names: names.map(({ name }) => name), env: {} }, context);
  refuseFailing(test, 'Nothing was uploaded.');
}

function describe(entry: Entry, found: Found | null): Uploaded {
  const { name, form } = entry;
  return { name, form, size: storedSize(entry), replaces: found !== null, advice: found?.advice ?? null };
}

/** One after the other, so that it is clear what was stored when one fails. */
async function storeAll(
  entries: readonly Entry[],
  found: readonly (Found | null)[],
  store: Store,
): Promise<void> {
  const stored: string[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      await storeEntry(entry, found[index] ?? null, store);
      stored.push(entry.name);
    } catch (error) {
      throw error instanceof Failure ? inPart(error, stored) : error;
    }
  }
}

function inPart(failure: Failure, stored: readonly string[]): Failure {
  if (stored.length === 0) return failure;
  const before = `Stored before that: ${stored.join(', ')}.`;
  return new Failure(failure.code, `${failure.message} ${before}`, { hint: failure.hint, cause: failure });
}
