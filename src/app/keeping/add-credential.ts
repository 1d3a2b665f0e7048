import { Failure } from '../../core/failure.ts';
import { isFault } from '../../core/fault.ts';
import { keysOf } from '../../core/manifest/credential-facts.ts';
import { entryOf, withChanges, withCredential } from '../../core/manifest/edit/credential.ts';
import type { Plain, PlainMap } from '../../core/manifest/edit/plain.ts';
import type { Credential } from '../../core/manifest/manifest.ts';
import { type Complete, completeDraft, type Draft, isKeyOfLines } from './complete-draft.ts';
import type { KeepingContext } from './context.ts';
import { type Keep, type KeptSecret, keptSecret, variableFor } from './kept-secret.ts';
import { checkEdited, editedText, type ManifestFile, openManifest, saveManifest } from './manifest-file.ts';
import { openStore } from './open-store.ts';
import { readSecret } from './secret-input.ts';
import type { StoreRequest } from './store-request.ts';
import { refuseFailing, type TestResult, testCredentials } from './test-credentials.ts';
import { toldExpiry } from './told-expiry.ts';

export interface AddRequest extends Draft, KeepRequest {
  /** The manifest file; null for the usual one. */
  readonly manifest: string | null;
}

/** How the secret of a credential is given, kept and tried. */
export interface KeepRequest {
  readonly from: string | null;
  readonly keep: Keep;
  /** The variable that jobs have the secret in; null for one from the names. */
  readonly variable: string | null;
  readonly store: StoreRequest | null;
  readonly test: boolean;
  /** Says what would be done, and does nothing of it. */
  readonly dryRun: boolean;
}

/** What was done, or would be. */
export interface Kept {
  readonly path: string;
  readonly test: TestResult | null;
  /** What a person must still do, as sentences. */
  readonly left: readonly string[];
}

/**
 * Adds a credential: asks for what is missing, tests it, keeps its secret, then writes the manifest.
 * @throws Failure when it would not be valid, does not work, or cannot be kept; the manifest is as it was then.
 */
export async function addCredential(request: AddRequest, context: KeepingContext): Promise<Kept> {
  const file = await openManifest(request.manifest, context, { mayMake: true });
  if (!isFault(entryOf(file.source.text, request.name))) throw nameTaken(request.name);
  const draft = await completeDraft(request, context);
  const variable = request.variable ?? variableFor(draft.name, draft.secretKey);
  const manifest = checkEdited(file, textWith(file, draft, { env: variable }));
  const kept = await keptOf(
    draft,
    { ...request, variable, credentials: manifest?.credentials ?? [] },
    context,
  );
  const test =
    request.test && manifest !== null
      ? await testCredentials({ manifest, names: [draft.name], env: kept.env }, context)
      : null;
  if (test !== null) refuseFailing(test, 'Nothing was saved.');
  const text = withExpiry(textWith(file, draft, kept.reference), draft, test);
  checkEdited(file, text);
  if (request.dryRun) return { path: file.path, test, left: [] };
  const left = await kept.keep();
  saveManifest(file, text);
  return { path: file.path, test, left: left === null ? [] : [left] };
}

interface Keeping extends AddRequest {
  readonly variable: string;
  readonly credentials: readonly Credential[];
}

async function keptOf(
  { name, secretKey }: Complete,
  { from, variable, keep, store: asked, credentials }: Keeping,
  context: KeepingContext,
): Promise<KeptSecret> {
  const isKey = isKeyOfLines(secretKey);
  const value = await readSecret({ what: `${secretKey} of ${name}`, from, isKey }, context);
  if (value === null)
    throw new Failure('usage', 'Without a secret there is no credential.', { hint: 'Run it again.' });
  const store = asked === null ? null : await openStore(asked, credentials, context);
  const place = { keep, store, credential: name, path: null };
  return keptSecret({ key: secretKey, value, isKey, variable }, place, context);
}

function textWith(file: ManifestFile, { name, facts, fields, secretKey }: Complete, secret: Plain): string {
  const values: Record<string, Plain> = { ...fields, name, [secretKey]: secret };
  const known = keysOf(facts).filter((key) => values[key] !== undefined);
  const others = Object.keys(values).filter((key) => !known.some((one) => one === key));
  const entry: PlainMap = Object.fromEntries([...known, ...others].map((key) => [key, values[key] as Plain]));
  return editedText(withCredential(file.source.text, entry));
}

/** What the host told of the end is worth more than what nobody wrote. */
function withExpiry(text: string, { name, fields, facts }: Complete, test: TestResult | null): string {
  const told = fields.expires === undefined ? toldExpiry(name, test, facts.dateEnds) : null;
  return told === null
    ? text
    : editedText(withChanges(text, name, [{ key: 'expires', within: 'credential', value: told }]));
}

function nameTaken(name: string): Failure {
  return new Failure('usage', `The manifest has a credential ${name} already.`, {
    hint: `Change it with \`credential edit ${name}\`, or choose another name.`,
  });
}
