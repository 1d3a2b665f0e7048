import { Failure } from '../../../core/failure.ts';
import type { ResolvedApp } from '../../../providers/github-app/client.ts';
import type { CreatedApp } from '../../../providers/github-app/created-app.ts';
import type { Installation } from '../../../providers/github-app/installation.ts';
import { sleep } from '../../../system/sleep.ts';
import { effectsOf } from '../../effects.ts';
import type { KeepingContext } from '../context.ts';
import type { BrowserSteps } from './browser-steps.ts';

export interface Waiting {
  readonly api: string;
  readonly steps: Pick<BrowserSteps, 'show' | 'chosen'>;
  readonly lookEveryMs: number;
  /** How long the person has, in milliseconds. */
  readonly lifeMs: number;
}

/**
 * Waits until the App is installed somewhere, and lets the person choose where there are several.
 * @throws Failure `interrupted` when the person stops, or ten minutes pass: the App and its credential stay then.
 */
export async function awaitInstallation(
  app: CreatedApp,
  { api, steps, lookEveryMs, lifeMs }: Waiting,
  context: KeepingContext,
): Promise<Installation> {
  const look = await lookerFor(app, api, context);
  const end = context.now().getTime() + lifeMs;
  while (context.now().getTime() < end && !context.signal.aborted) {
    const found = await look();
    const [only] = found;
    if (found.length === 1 && only !== undefined) return only;
    if (found.length > 1) return choose(app, found, { steps, end }, context);
    await sleep(lookEveryMs, context.signal).catch(() => {});
  }
  throw notInstalled(app);
}

/** What stumbles once is asked again at the next look. */
async function lookerFor(app: CreatedApp, api: string, context: KeepingContext) {
  const [{ appClient }, { allInstallations }] = await Promise.all([
    import('../../../providers/github-app/client.ts'),
    import('../../../providers/github-app/all-installations.ts'),
  ]);
  const resolved: ResolvedApp = {
    issuer: app.clientId,
    privateKey: app.privateKey,
    permissions: {},
    repositories: 'listed',
  };
  const client = appClient(
    resolved,
    api,
    effectsOf(context, (url, init) => context.http.fetch(url, { ...init, signal: context.signal })),
  );
  return () => allInstallations(client).catch(() => []);
}

interface Choosing {
  readonly steps: Waiting['steps'];
  /** Milliseconds since 1970. */
  readonly end: number;
}

async function choose(
  app: CreatedApp,
  found: readonly Installation[],
  { steps, end }: Choosing,
  { now, signal }: KeepingContext,
): Promise<Installation> {
  steps.show({ step: 'choose', name: app.name, installations: found });
  const chosen = new AbortController();
  const either = AbortSignal.any([signal, chosen.signal]);
  const late = sleep(Math.max(0, end - now().getTime()), either).then(
    () => null,
    () => null,
  );
  const id = await Promise.race([steps.chosen, late]);
  chosen.abort();
  const installation = found.find((one) => one.id === id);
  if (installation === undefined) throw notInstalled(app);
  return installation;
}

function notInstalled({ name, page }: CreatedApp): Failure {
  return new Failure(
    'interrupted',
    `${name} is created and its credential is saved, but no installation was chosen.`,
    {
      hint: `Install it at ${page}/installations/new: jobs find the installation by themselves.`,
    },
  );
}
