import { askChanges } from '../app/keeping/ask-changes.ts';
import type { KeepingContext } from '../app/keeping/context.ts';
import { type EditRequest, editCredential } from '../app/keeping/edit-credential.ts';
import type { Plain } from '../core/manifest/edit/plain.ts';
import type { Arguments } from './arguments.ts';
import { fieldsOf, keepOf, oneName, storeOf, withKeeping } from './keeping.ts';
import { tellKept } from './kept.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const request = requestOf(args);
  const kept = await withKeeping(shell, async (context) =>
    editCredential(await completed(request, context), context),
  );
  tellKept(request.name, kept, { args, shell });
  return 0;
};

function requestOf(args: Arguments): EditRequest {
  const removed = (args.lines('unset') ?? []).map((key): [string, null] => [key, null]);
  return {
    manifest: args.one('manifest'),
    name: oneName(args),
    changes: { ...fieldsOf(args), ...Object.fromEntries(removed) },
    from: args.one('secret-from'),
    asksSecret: false,
    keep: args.one('keep') === null ? null : keepOf(args, 'env'),
    variable: args.one('variable'),
    store: storeOf(args),
    test: !args.on('no-test'),
    dryRun: args.on('dry-run'),
  };
}

/** Without any change given, a person at a terminal is asked; what is left blank stays. */
async function completed(request: EditRequest, context: KeepingContext): Promise<EditRequest> {
  const isGiven = Object.keys(request.changes).length > 0 || request.from !== null;
  if (isGiven || context.ask === null) return request;
  const changes: Readonly<Record<string, Plain | null>> = await askChanges(request, context);
  return { ...request, changes, asksSecret: true };
}
