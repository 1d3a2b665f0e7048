import { appManifest, nameOfApp, newAppUrl } from '../../core/app-manifest/app-manifest.ts';
import type { Permissions } from '../../core/app-tokens/permissions.ts';
import { Failure } from '../../core/failure.ts';
import { isFault } from '../../core/fault.ts';
import { parseBaseUrl } from '../../core/manifest/base-url.ts';
import { entryOf } from '../../core/manifest/edit/credential.ts';
import { githubApi } from '../../providers/github-app/api.ts';
import type { CreatedApp } from '../../providers/github-app/created-app.ts';
import { fetchCreatedApp } from '../../providers/github-app/created-app.ts';
import { sleep } from '../../system/sleep.ts';
import {
  type AppEntry,
  type AppSecrets,
  keepApp,
  type PlannedApp,
  planApp,
  setInstallation,
} from './app-entry.ts';
import type { KeepingContext } from './context.ts';
import { awaitInstallation } from './create-app/await-installation.ts';
import { type BrowserSteps, openSteps } from './create-app/browser-steps.ts';
import { type Lookup, serverAddress } from './create-app/server-address.ts';
import type { Keep } from './kept-secret.ts';
import { type ManifestFile, openManifest } from './manifest-file.ts';
import { rescue, rescued } from './rescue.ts';
import type { StoreRequest } from './store-request.ts';

export interface CreateAppRequest {
  readonly manifest: string | null;
  /** Of the credential; the App's name comes from it. */
  readonly name: string;
  /** Null for the person's own account. */
  readonly organization: string | null;
  /** Origin of the GitHub: `https://github.com`. */
  readonly server: string;
  /** Address of a repository that the credential is for alone; null for all of the owner. */
  readonly repository: string | null;
  readonly permissions: Permissions;
  readonly webhook: string | null;
  readonly allowPrivateHost: boolean;
  readonly keep: Keep;
  readonly store: StoreRequest | null;
}

export interface CreatedCredential {
  readonly path: string;
  readonly app: Pick<CreatedApp, 'name' | 'slug' | 'page' | 'owner'>;
  /** Where it is installed; null while it is not. */
  readonly account: string | null;
  readonly left: readonly string[];
}

/** Effects that tests bring their own of. */
export interface CreateAppEffects {
  readonly lookup: Lookup;
  /** Milliseconds between two looks for the installation. */
  readonly lookEveryMs: number;
  /** Milliseconds that the person has for each of the two steps. */
  readonly lifeMs: number;
  /** Milliseconds that the browser gets to fetch the last page: it looks every three seconds. */
  readonly lastLookMs: number;
}

/**
 * Makes a GitHub App in the person's browser, keeps its keys, writes its credential, and waits for its installation.
 * Whatever could be refused is found before the browser opens.
 * @throws Failure `interrupted` when the person stops or time passes: nothing is created then.
 */
export async function createApp(
  request: CreateAppRequest,
  effects: CreateAppEffects,
  context: KeepingContext,
): Promise<CreatedCredential> {
  const { name } = request;
  const server = await serverAddress(request.server, {
    allowPrivate: request.allowPrivateHost,
    lookup: effects.lookup,
  });
  const base = baseUrl(server, request);
  refuseWebhook(request.webhook);
  const file = await openManifest(request.manifest, context, { mayMake: true });
  if (!isFault(entryOf(file.source.text, name))) throw nameTaken(name);
  const planned = await planApp({ ...request, file, base }, context);
  const api = githubApi({ ...originOf(server), segments: [] }, null);
  const steps = await openSteps({
    server,
    form: (redirectUrl, state) => form({ request, server, redirectUrl, state, keptIn: planned.keptIn }),
    exchange: (code) => exchange(code, { api, planned, server, organization: request.organization }, context),
    now: context.now,
    signal: context.signal,
    lifeMs: effects.lifeMs,
    lastLookMs: effects.lastLookMs,
  });
  context.voice.info(`Open this page in your browser, to create ${nameOfApp(name)}: ${steps.url}`);
  try {
    const app = await steps.created;
    context.voice.info(`${app.name} is created, and its keys are kept: ${planned.keptIn}.`);
    context.voice.info(`Install it: ${app.page}/installations/new`);
    const account = await install(app, { steps, api, file, name, effects }, context);
    return { path: file.path, app, account, left: planned.left };
  } finally {
    await steps.close();
  }
}

interface Exchanging {
  readonly api: string;
  readonly server: string;
  readonly planned: PlannedApp;
  readonly organization: string | null;
}

/** The code is good for once: the keys are safe on the disk before anything else is done with them. */
async function exchange(
  code: string,
  { api, planned, server, organization }: Exchanging,
  context: KeepingContext,
): Promise<CreatedApp> {
  const app = await again(() => fetchCreatedApp(code, { api, fetch: context.http.fetch }));
  const { privateKey, clientSecret, webhookSecret, slug, clientId } = app;
  for (const secret of [privateKey, clientSecret, webhookSecret]) if (secret !== null) context.know(secret);
  const safe = rescue(`app-${slug}.json`, { privateKey, clientSecret, webhookSecret }, context);
  try {
    const secrets: AppSecrets = { privateKey, clientSecret, webhookSecret };
    if (organization !== null && app.owner.toLowerCase() !== organization.toLowerCase()) {
      planned.left.push(
        `The App belongs to ${app.owner}, not to ${organization}: look at its owner on GitHub.`,
      );
    }
    const entry: AppEntry = { issuer: { 'client-id': clientId }, slug, url: `${server}/${app.owner}` };
    await keepApp(planned, entry, secrets);
    safe.done();
    return app;
  } catch (error) {
    throw rescued(error, safe);
  }
}

/** A line that breaks may break before GitHub heard of the code. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (const pause of [500, 2000]) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'unreachable') throw error;
      await sleep(pause);
    }
  }
  return ask();
}

interface Installing {
  readonly steps: BrowserSteps;
  readonly api: string;
  readonly file: ManifestFile;
  readonly name: string;
  readonly effects: CreateAppEffects;
}

async function install(
  app: CreatedApp,
  { steps, api, file, name, effects }: Installing,
  context: KeepingContext,
): Promise<string | null> {
  const { id, account } = await awaitInstallation(
    app,
    { api, steps, lookEveryMs: effects.lookEveryMs, lifeMs: effects.lifeMs },
    context,
  );
  await setInstallation(file.path, { name, id }, context);
  steps.show({ step: 'done', name: app.name, account });
  context.voice.info(`${app.name} is installed on ${context.quote(account)}.`);
  return account;
}

interface Form {
  readonly request: CreateAppRequest;
  readonly server: string;
  readonly redirectUrl: string;
  readonly state: string;
  readonly keptIn: string;
}

function form({ request, server, redirectUrl, state, keptIn }: Form) {
  const { name, organization, permissions, webhook, repository } = request;
  const homepage = repository ?? (organization === null ? server : `${server}/${organization}`);
  const manifest = appManifest({ credential: name, homepage, redirectUrl, permissions, webhook });
  const may = Object.entries(manifest.default_permissions).map(([what, level]) => `${what}: ${level}`);
  return {
    step: 'create',
    action: newAppUrl(server, organization, state),
    manifest: JSON.stringify(manifest),
    facts: [
      ['Name', manifest.name],
      ['Owner', organization ?? 'your own account'],
      ['May', may.join(', ')],
      ['Webhook', webhook ?? 'none'],
      ['Keys go to', keptIn],
    ],
  } as const;
}

/** What the credential is for; null while the owner is not known. */
function baseUrl(server: string, { repository, organization }: CreateAppRequest): string | null {
  if (repository === null) return organization === null ? null : `${server}/${organization}`;
  const address = parseBaseUrl(repository.replace(/\.git\/?$/, ''));
  const isThere = repository.startsWith(`${server}/`) && !isFault(address);
  const owner = isFault(address) ? undefined : address.segments[0];
  if (isThere && (organization === null || owner?.toLowerCase() === organization.toLowerCase())) {
    return repository.replace(/\.git\/?$/, '');
  }
  throw new Failure('usage', '--repository is not of that server and owner.', {
    hint: `Write ${server}/${organization ?? 'OWNER'}/NAME.`,
  });
}

function refuseWebhook(webhook: string | null): void {
  if (webhook === null || (URL.canParse(webhook) && new URL(webhook).protocol === 'https:')) return;
  throw new Failure('usage', '--webhook is not an https URL.', {
    hint: 'GitHub sends events to it, so it is on the public Internet.',
  });
}

function originOf(server: string) {
  const url = new URL(server);
  return { scheme: url.protocol === 'http:' ? 'http' : 'https', host: url.host } as const;
}

function nameTaken(name: string): Failure {
  return new Failure('usage', `The manifest has a credential ${name} already.`, {
    hint: `Choose another name, or \`credential remove ${name}\` first.`,
  });
}
