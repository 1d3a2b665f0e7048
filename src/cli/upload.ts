import { type UploadResult, upload } from '../app/keeping/upload.ts';
import { Failure } from '../core/failure.ts';
import { anyManifest, storeOf, withKeeping } from './keeping.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const store = storeOf(args);
  if (store === null)
    throw new Failure('usage', '--to is missing: where jobs get their secrets from.', {
      hint: 'Name a repository, a project, a group or an organisation by its https address, or a file.',
    });
  const request = {
    manifest: anyManifest(args, shell),
    names: args.positionals,
    as: args.one('as') ?? 'PIPELINE_CREDENTIALS',
    inline: args.choice('inline', ['files', 'all', 'none']),
    store,
    test: !args.on('no-test'),
    dryRun: args.on('dry-run'),
  };
  const result = await withKeeping(shell, (context) => upload(request, context));
  if (args.on('json'))
    shell.print(`${JSON.stringify({ version: 1, ...result, 'dry-run': request.dryRun })}\n`);
  for (const line of linesOf(result, request.dryRun)) shell.ci.voice.info(line);
  return 0;
};

function linesOf({ store, values, untested }: UploadResult, dryRun: boolean): readonly string[] {
  const verb = dryRun ? 'would be ' : '';
  return [
    ...untested.map(({ name, missing }) => `${name} was not tested: ${missing.join(', ')} is not here.`),
    ...values.map(
      ({ name, size, form, replaces }) =>
        `${name} (${size} bytes${form === 'text' ? '' : `, ${form}`}) ${verb}${replaces ? 'replaced' : 'made'} in ${store}.`,
    ),
    ...values.flatMap(({ name, advice }) => (advice === null ? [] : [`${name}: ${advice}`])),
  ];
}
