import { addApp } from '../app/keeping/add-app.ts';
import { fieldsOf, keepOf, oneName, permissionsOf, storeOf, withKeeping } from './keeping.ts';
import { tellKept } from './kept.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const name = oneName(args);
  const repositories = args.lines('repositories');
  const request = {
    manifest: args.one('manifest'),
    name,
    fields: fieldsOf(args),
    clientId: args.one('client-id'),
    appId: args.one('app-id'),
    installationId: args.one('installation-id'),
    slug: args.one('slug'),
    permissions: permissionsOf(args),
    repositories:
      repositories?.length === 1 && /^(?:all|listed)$/.test(repositories[0] ?? '')
        ? (repositories[0] ?? null)
        : repositories,
    from: args.one('secret-from'),
    keep: keepOf(args, 'file'),
    variable: args.one('variable'),
    store: storeOf(args),
    test: !args.on('no-test'),
    dryRun: args.on('dry-run'),
  };
  const kept = await withKeeping(shell, (context) => addApp(request, context));
  tellKept(name, kept, { args, shell });
  return 0;
};
