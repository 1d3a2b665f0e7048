import { nameOfApp } from '../../core/app-manifest/app-manifest.ts';
import { Failure } from '../../core/failure.ts';
import { isFault } from '../../core/fault.ts';
import { parseBaseUrl } from '../../core/manifest/base-url.ts';
import { entryOf } from '../../core/manifest/edit/credential.ts';
import { githubApi } from '../../providers/github-app/api.ts';
import type { CreatedApp } from '../../providers/github-app/created-app.ts';
import { planApp, setInstallation } from './app-entry.ts';
import type { KeepingContext } from './context.ts';
import { awaitInstallation } from './create-app/await-installation.ts';
import { type BrowserSteps, openSteps } from './create-app/browser-steps.ts';
import { exchange } from './create-app/exchange.ts';
import { form } from './create-app/form.ts';
import type { CreateAppEffects, CreateAppRequest, CreatedCredential } from './create-app/request.ts';
import { serverAddress } from './create-app/server-address.ts';
import { type ManifestFile, openManifest } from './manifest-file.ts';

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
