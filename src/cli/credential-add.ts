import { addCredential } from '../app/keeping/add-credential.ts';
import { fieldsOf, keepOf, oneName, storeOf, withKeeping } from './keeping.ts';
import { tellKept } from './kept.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const name = oneName(args);
  const request = {
    manifest: args.one('manifest'),
    name,
    fields: fieldsOf(args),
    secretKey: args.one('secret-key'),
    from: args.one('secret-from'),
    keep: keepOf(args, 'env'),
    variable: args.one('variable'),
    store: storeOf(args),
    test: !args.on('no-test'),
    dryRun: args.on('dry-run'),
  };
  const kept = await withKeeping(shell, (context) => addCredential(request, context));
  tellKept(name, kept, { args, shell });
  return 0;
};
