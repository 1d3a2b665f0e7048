import type { Permissions } from '../../core/app-tokens/permissions.ts';
import { isFault } from '../../core/fault.ts';
import { withChanges, withCredential } from '../../core/manifest/edit/credential.ts';
import type { Plain, PlainMap } from '../../core/manifest/edit/plain.ts';
import type { Secret } from '../../core/secret.ts';
import type { Store } from '../../stores/store.ts';
import { type KeepingContext, keysFolder } from './context.ts';
import { type Keep, keptSecret, variableFor } from './kept-secret.ts';
import { checkEdited, editedText, type ManifestFile, openManifest, saveManifest } from './manifest-file.ts';
import { openStore } from './open-store.ts';
import type { StoreRequest } from './store-request.ts';

/** Where the credential of a new App goes, before there is one. */
export interface AppPlan {
  readonly file: ManifestFile;
  readonly name: string;
  /** What it is for; null until the owner is known. */
  readonly base: string | null;
  readonly permissions: Permissions;
  readonly keep: Keep;
  readonly store: StoreRequest | null;
}

export interface PlannedApp extends Omit<AppPlan, 'store'> {
  readonly store: Store | null;
  /** For people: where the keys will be. */
  readonly keptIn: string;
  /** What a person must still do; filled as the keys are kept. */
  readonly left: string[];
  readonly context: KeepingContext;
}

/** What is known of an App once it exists. */
export interface AppEntry {
  readonly issuer: PlainMap;
  readonly slug: string | null;
  /** The base URL where none was planned. */
  readonly url: string;
}

export interface AppSecrets {
  readonly privateKey: Secret;
  readonly clientSecret: Secret | null;
  readonly webhookSecret: Secret | null;
}

/**
 * Finds out before an App is made whether its credential would be valid, and whether its keys could be kept.
 * @throws Failure as `checkEdited` and `openStore` do; two Apps for one base URL are refused with the ways out.
 */
export async function planApp(plan: AppPlan, context: KeepingContext): Promise<PlannedApp> {
  const { file, name, base, store: asked } = plan;
  const sample = entryText(
    plan,
    { issuer: { 'client-id': 'Iv23liSAMPLE' }, slug: null, url: base ?? 'https://github.com/SAMPLE' },
    {
      'private-key': { env: variableFor(name, 'private-key') },
    },
  );
  const manifest = checkEdited(file, sample);
  const store = asked === null ? null : await openStore(asked, manifest?.credentials ?? [], context);
  // Proves that the store can be reached and read, while there is nothing to lose yet.
  await store?.find(variableFor(name, 'private-key'));
  return { ...plan, store, keptIn: keptIn(plan, store, context), left: [], context };
}

function keptIn({ keep, file }: AppPlan, store: Store | null, { env }: KeepingContext): string {
  if (keep === 'manifest') return file.path;
  return keep === 'env' && store !== null ? store.label : keysFolder(env);
}

/** Keeps an App's keys and writes its credential. A second App for one base URL is written inactive, and that is said. */
export async function keepApp(planned: PlannedApp, entry: AppEntry, secrets: AppSecrets): Promise<void> {
  const { file, name, keep, store, left, context } = planned;
  const kept = secretsOf(secrets).map(({ key, value, isKey }) => {
    const variable = variableFor(name, key);
    const place = {
      keep: keep === 'env' && store === null ? 'file' : keep,
      store,
      credential: name,
      path: null,
    } as const;
    return { key, ...keptSecret({ key, value, isKey, variable }, place, context) };
  });
  const references = Object.fromEntries(kept.map(({ key, reference }) => [key, reference]));
  const text = entryText(planned, entry, references);
  const isDuplicate = planned.base === null && isRefused(file, text);
  for (const { keep: put } of kept) {
    const remains = await put();
    if (remains !== null) left.push(remains);
  }
  if (isDuplicate) left.push(duplicate(name));
  saveManifest(file, isDuplicate ? editedText(withChanges(text, name, [inactive])) : text);
}

const inactive = { key: 'status', within: 'credential', value: 'inactive' } as const;

function secretsOf({ privateKey, clientSecret, webhookSecret }: AppSecrets) {
  const all = [
    { key: 'private-key', value: privateKey, isKey: true },
    { key: 'client-secret', value: clientSecret, isKey: false },
    { key: 'webhook-secret', value: webhookSecret, isKey: false },
  ];
  return all.filter((one): one is { key: string; value: Secret; isKey: boolean } => one.value !== null);
}

function entryText(
  { file, name, base, permissions }: AppPlan | PlannedApp,
  { issuer, slug, url }: AppEntry,
  secrets: Readonly<Record<string, Plain>>,
): string {
  const app: PlainMap = {
    ...issuer,
    ...secrets,
    ...(Object.keys(permissions).length === 0 ? {} : { permissions: { ...permissions } }),
    ...(slug === null ? {} : { slug }),
  };
  return editedText(withCredential(file.source.text, { name, provider: 'github', url: base ?? url, app }));
}

function isRefused(file: ManifestFile, text: string): boolean {
  try {
    checkEdited(file, text);
    return false;
  } catch {
    return true;
  }
}

function duplicate(name: string): string {
  return `Another App serves the same base URL, so ${name} was written \`status: inactive\`: use that one, delete it, or give one of the two another \`url\`.`;
}

/** Notes the installation in the credential: it saves jobs a request. */
export async function setInstallation(
  path: string,
  { name, id }: { name: string; id: number },
  context: KeepingContext,
): Promise<void> {
  const file = await openManifest(path, context, { mayMake: false });
  const text = withChanges(file.source.text, name, [{ key: 'installation-id', within: 'app', value: id }]);
  if (!isFault(text)) saveManifest(file, text);
}
