import type { Permissions } from '../../core/app-tokens/permissions.ts';
import { Failure } from '../../core/failure.ts';
import { isFault } from '../../core/fault.ts';
import { entryOf, withCredential } from '../../core/manifest/edit/credential.ts';
import type { Plain, PlainMap } from '../../core/manifest/edit/plain.ts';
import { readPrivateKey } from '../../core/private-key.ts';
import type { KeepRequest, Kept } from './add-credential.ts';
import type { KeepingContext } from './context.ts';
import { type KeptSecret, keptSecret, variableFor } from './kept-secret.ts';
import { checkEdited, editedText, type ManifestFile, openManifest, saveManifest } from './manifest-file.ts';
import { openStore } from './open-store.ts';
import { readSecret } from './secret-input.ts';
import { refuseFailing, testCredentials } from './test-credentials.ts';

export interface AddAppRequest extends KeepRequest {
  readonly manifest: string | null;
  readonly name: string;
  /** Keys of the credential that are no secrets: `url`, `access`, `environments`. */
  readonly fields: Readonly<Record<string, Plain>>;
  readonly clientId: string | null;
  readonly appId: string | null;
  readonly installationId: string | null;
  readonly slug: string | null;
  readonly permissions: Permissions;
  /** `listed`, `all`, or names; null for what is usual. */
  readonly repositories: Plain | null;
}

/**
 * Adds the credential of an App that exists: its key is tried before it is kept.
 * @throws Failure when it would not be valid (a second App for one base URL is told with the ways out), does not work,
 * or cannot be kept; the manifest is as it was then.
 */
export async function addApp(request: AddAppRequest, context: KeepingContext): Promise<Kept> {
  const file = await openManifest(request.manifest, context, { mayMake: true });
  const { name } = request;
  if (!isFault(entryOf(file.source.text, name))) throw nameTaken(name);
  const whole = await completed(request, context);
  const variable = request.variable ?? variableFor(name, 'private-key');
  const manifest = checkEdited(file, textWith(file, whole, { env: variable }));
  const kept = await keptKey({ ...whole, variable }, manifest?.credentials ?? [], context);
  const test =
    request.test && manifest !== null
      ? await testCredentials({ manifest, names: [name], env: kept.env }, context)
      : null;
  if (test !== null) refuseFailing(test, 'Nothing was saved.');
  const text = textWith(file, whole, kept.reference);
  checkEdited(file, text);
  if (request.dryRun) return { path: file.path, test, left: [] };
  const left = await kept.keep();
  saveManifest(file, text);
  return { path: file.path, test, left: left === null ? [] : [left] };
}

/** Which App it is, asked for on a terminal. */
async function completed(request: AddAppRequest, { ask }: KeepingContext): Promise<AddAppRequest> {
  if (request.clientId !== null || request.appId !== null) return request;
  if (ask === null) throw missing();
  const id = await ask.line("Client ID or App ID (on the App's settings page): ");
  const asked = /^\d+$/.test(id) ? { appId: id } : { clientId: id };
  const url = request.fields.url ?? request.fields.organization;
  const answer =
    url === undefined ? await ask.line('Base URL, what it is for (https://github.com/acme): ') : '';
  return {
    ...request,
    ...asked,
    fields: answer === '' ? request.fields : { ...request.fields, url: answer },
  };
}

async function keptKey(
  { name, from, variable, keep, store: asked }: AddAppRequest & { variable: string },
  credentials: Parameters<typeof openStore>[1],
  context: KeepingContext,
): Promise<KeptSecret> {
  const given = await readSecret({ what: `private key of ${name}`, from, isKey: true }, context);
  const value = given === null ? null : readPrivateKey(given);
  if (value === null || isFault(value)) {
    throw new Failure('usage', value?.message ?? 'Without its key an App mints nothing.', {
      hint: value?.hint ?? 'Run it again.',
    });
  }
  const store = asked === null ? null : await openStore(asked, credentials, context);
  const place = { keep, store, credential: name, path: null };
  return keptSecret({ key: 'private-key', value, isKey: true, variable }, place, context);
}

function textWith(file: ManifestFile, request: AddAppRequest, key: Plain): string {
  const { name, fields, clientId, appId, installationId, slug, permissions, repositories } = request;
  const app: PlainMap = {
    ...(clientId === null ? {} : { 'client-id': clientId }),
    ...(appId === null ? {} : { 'app-id': numeral(appId) }),
    'private-key': key,
    ...(installationId === null ? {} : { 'installation-id': numeral(installationId) }),
    ...(Object.keys(permissions).length === 0 ? {} : { permissions: { ...permissions } }),
    ...(repositories === null ? {} : { repositories }),
    ...(slug === null ? {} : { slug }),
  };
  const { url, organization, ...terms } = fields;
  const place = {
    ...(url === undefined ? {} : { url }),
    ...(organization === undefined ? {} : { organization }),
  };
  return editedText(withCredential(file.source.text, { name, provider: 'github', ...place, app, ...terms }));
}

/** Numbers are written without quotes. */
function numeral(text: string): Plain {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : text;
}

function missing(): Failure {
  return new Failure('usage', '--client-id is missing.', {
    hint: "It stands on the App's settings page; --app-id does as well.",
  });
}

function nameTaken(name: string): Failure {
  return new Failure('usage', `The manifest has a credential ${name} already.`, {
    hint: `Change it with \`credential edit ${name}\`, or choose another name.`,
  });
}
