import { Failure } from '../../core/failure.ts';
import { isFault } from '../../core/fault.ts';
import { credentialFacts, findFacts, signInKeys } from '../../core/manifest/credential-facts.ts';
import { type Change, entryOf, textOf, withChanges } from '../../core/manifest/edit/credential.ts';
import type { Plain } from '../../core/manifest/edit/plain.ts';
import type { Mapping, Tree } from '../../core/manifest/tree.ts';
import { plainValue } from '../../core/manifest/tree.ts';
import { gitProviders } from '../../providers/index.ts';
import type { KeepRequest, Kept } from './add-credential.ts';
import { isKeyOfLines } from './complete-draft.ts';
import type { KeepingContext } from './context.ts';
import { type Keep, type KeptSecret, keptSecret, variableFor } from './kept-secret.ts';
import { checkEdited, editedText, type ManifestFile, openManifest, saveManifest } from './manifest-file.ts';
import { openStore } from './open-store.ts';
import { readSecret } from './secret-input.ts';
import { refuseFailing, testCredentials } from './test-credentials.ts';
import { toldExpiry } from './told-expiry.ts';

export interface EditRequest extends Omit<KeepRequest, 'keep'> {
  readonly manifest: string | null;
  readonly name: string;
  /** Keys with their new values; null takes a key out. */
  readonly changes: Readonly<Record<string, Plain | null>>;
  /** Null keeps a new secret where the old one was kept. */
  readonly keep: Keep | null;
  /** Whether to ask for a new secret; left blank, the old one stays. */
  readonly asksSecret: boolean;
}

/**
 * Changes a credential: a secret left blank stays, another provider is another credential. Tested before it is saved.
 * @throws Failure when it would not be valid, does not work, or cannot be kept; the manifest is as it was then.
 */
export async function editCredential(request: EditRequest, context: KeepingContext): Promise<Kept> {
  const file = await openManifest(request.manifest, context, { mayMake: false });
  const entry = findEntry(file, request.name);
  const name = textOf(entry, 'name');
  if ('provider' in request.changes) throw otherProvider(name);
  const kept = await newSecret(entry, request, { file, context });
  const tried = withAll(file, request, kept?.change({ env: kept.variable }));
  const manifest = checkEdited(file, tried);
  const env = kept?.secret.env ?? {};
  const test =
    request.test && manifest !== null
      ? await testCredentials({ manifest, names: [name], env }, context)
      : null;
  if (test !== null) refuseFailing(test, 'Nothing was saved.');
  const expires =
    kept === null || 'expires' in request.changes ? null : toldExpiry(name, test, dateEnds(entry));
  const told: Change[] = expires === null ? [] : [{ key: 'expires', within: 'credential', value: expires }];
  const text = withAll(file, request, ...told, kept?.change(kept.secret.reference));
  checkEdited(file, text);
  if (request.dryRun) return { path: file.path, test, left: [] };
  const left = (await kept?.secret.keep()) ?? null;
  saveManifest(file, text);
  return { path: file.path, test, left: left === null ? [] : [left] };
}

/** The entry of a credential. @throws Failure `usage` when there is none of that name. */
export function findEntry(file: ManifestFile, name: string): Mapping {
  const found = entryOf(file.source.text, name);
  if (isFault(found)) throw new Failure('usage', found.message, { hint: found.hint });
  return found.entry;
}

interface NewSecret {
  readonly secret: KeptSecret;
  readonly variable: string;
  readonly change: (reference: Plain) => Change;
}

async function newSecret(
  entry: Mapping,
  request: EditRequest,
  { file, context }: { file: ManifestFile; context: KeepingContext },
): Promise<NewSecret | null> {
  if (request.from === null && !request.asksSecret) return null;
  const place = secretPlace(entry);
  if (place === null) throw noSecret(request.name);
  const { key, within, node } = place;
  const isKey = isKeyOfLines(key);
  const what = `new ${key} of ${request.name}, blank to keep the old one`;
  const value = await readSecret({ what, from: request.from, isKey }, context);
  if (value === null) return null;
  const credentials = checkEdited(file, file.source.text)?.credentials ?? [];
  const store = request.store === null ? null : await openStore(request.store, credentials, context);
  const variable = request.variable ?? variableOf(node) ?? variableFor(request.name, key);
  const keep = request.keep ?? keptNow(node);
  const secret = keptSecret(
    { key, value, isKey, variable },
    { keep, store, credential: request.name, path: textOf(node, 'file') || null },
    context,
  );
  return { secret, variable, change: (reference) => ({ key, within, value: reference }) };
}

/** Where a credential has its secret. */
function secretPlace(entry: Mapping): (Pick<Change, 'key' | 'within'> & { node: Tree }) | null {
  const app = entry.entries.get('app')?.value;
  const inApp = app?.kind === 'mapping' ? app.entries.get('private-key')?.value : undefined;
  if (inApp !== undefined) return { key: 'private-key', within: 'app', node: inApp };
  const keys = Object.values(signInKeys)
    .flat()
    .filter((key) => key !== 'access-key-id' && key !== 'session-token');
  const key = keys.find((one) => entry.entries.has(one));
  const node = key === undefined ? undefined : entry.entries.get(key)?.value;
  return key === undefined || node === undefined ? null : { key, within: 'credential', node };
}

function keptNow(node: Tree): Keep {
  if (node.kind === 'text') return 'manifest';
  return textOf(node, 'file') === '' ? 'env' : 'file';
}

function variableOf(node: Tree): string | null {
  return textOf(node, 'env') || null;
}

function withAll(
  file: ManifestFile,
  { name, changes }: EditRequest,
  ...more: readonly (Change | undefined)[]
): string {
  const written = Object.entries(changes).map(
    ([key, value]): Change => ({ key, within: 'credential', value }),
  );
  const all = [...written, ...more.filter((one) => one !== undefined)];
  return editedText(withChanges(file.source.text, name, all));
}

function dateEnds(entry: Mapping): 'after-the-day' | 'as-it-begins' {
  const facts = findFacts(credentialFacts(gitProviders), textOf(entry, 'provider'));
  return 'meant' in facts ? 'after-the-day' : facts.dateEnds;
}

/** The present values of keys that are no secrets, for questions. */
export function presentValue(entry: Mapping, key: string): string {
  const node = entry.entries.get(key)?.value;
  if (node === undefined) return '';
  const value = plainValue(node);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function otherProvider(name: string): Failure {
  return new Failure(
    'usage',
    'The provider of a credential cannot be changed: its secret is for the old one.',
    {
      hint: `Add a new credential, then \`credential remove ${name}\`.`,
    },
  );
}

function noSecret(name: string): Failure {
  return new Failure('usage', `${name} has no secret that could be replaced.`, {
    hint: 'Add it with an editor; `lint` checks it.',
  });
}
