import { lookup } from 'node:dns/promises';
import { createApp } from '../app/keeping/create-app.ts';
import { keepOf, oneName, permissionsOf, storeOf, withKeeping } from './keeping.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const store = storeOf(args);
  const request = {
    manifest: args.one('manifest'),
    name: oneName(args),
    organization: args.one('org'),
    server: args.one('url') ?? 'https://github.com',
    repository: args.one('repository'),
    permissions: permissionsOf(args),
    webhook: args.one('webhook'),
    allowPrivateHost: args.on('allow-private-host'),
    keep: keepOf(args, store === null ? 'file' : 'env'),
    store,
  };
  const effects = { lookup: addressesOf, lookEveryMs: 2500, lifeMs: 10 * 60_000, lastLookMs: 4000 };
  const { path, app, account, left } = await withKeeping(shell, (context) =>
    createApp(request, effects, context),
  );
  if (args.on('json')) {
    const { name, slug, page, owner } = app;
    shell.print(
      `${JSON.stringify({ version: 1, manifest: path, credential: request.name, app: { name, slug, page, owner }, account, left })}\n`,
    );
  }
  shell.ci.voice.info(`${request.name} is saved in ${path}.`);
  for (const line of left) shell.ci.voice.notice(line);
  shell.ci.voice.info(
    'Next: name what jobs need under `repositories`, in the manifest or in the job; then `upload --to URL`.',
  );
  return 0;
};

/** What a name resolves to; nothing, where it does not. */
async function addressesOf(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
