import { Failure } from '../../../core/failure.ts';
import { type CreatedApp, fetchCreatedApp } from '../../../providers/github-app/created-app.ts';
import { sleep } from '../../../system/sleep.ts';
import { type AppEntry, type AppSecrets, keepApp, type PlannedApp } from '../app-entry.ts';
import type { KeepingContext } from '../context.ts';
import { rescue, rescued } from '../rescue.ts';

export interface Exchanging {
  readonly api: string;
  readonly server: string;
  readonly planned: PlannedApp;
  readonly organization: string | null;
}

/** The code is good for once: the keys are safe on the disk before anything else is done with them. */
export async function exchange(
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
    throw rescued(error, safe.path);
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
