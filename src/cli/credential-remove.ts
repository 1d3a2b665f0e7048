import { type Bereft, planRemoval, type Removal } from '../app/keeping/remove-credential.ts';
import { Failure } from '../core/failure.ts';
import { oneName, withKeeping } from './keeping.ts';
import type { RunVerb, Shell } from './verb.ts';

export const run: RunVerb = (args, shell) =>
  withKeeping(shell, async (context) => {
    const name = oneName(args);
    const plan = await planRemoval({ manifest: args.one('manifest'), name }, context);
    tell(plan, shell);
    const agreed =
      args.on('yes') || args.on('dry-run') || (await context.ask?.yes(`Remove ${name} from ${plan.path}?`));
    if (agreed === undefined) throw nobodyAsked();
    const isRemoved = agreed && !args.on('dry-run');
    if (isRemoved) plan.remove();
    shell.ci.voice.info(
      isRemoved ? `${name} is removed. Its secret is still where it was kept.` : 'Nothing was changed.',
    );
    if (args.on('json'))
      shell.print(
        `${JSON.stringify({ version: 1, manifest: plan.path, credential: name, removed: isRemoved, bereft: plan.bereft })}\n`,
      );
    return 0;
  });

function tell({ bereft }: Removal, { ci }: Shell): void {
  if (bereft.length === 0) ci.voice.info('No target of the manifest is served by it.');
  for (const one of bereft) ci.voice.info(line(one));
}

function line({ target, heir, reason }: Bereft): string {
  return heir === null
    ? `${target} would have no credential: ${reason}`
    : `${target} would be served by ${heir}`;
}

function nobodyAsked(): Failure {
  return new Failure('usage', 'Nobody is here to be asked.', { hint: 'Say yes beforehand: --yes.' });
}
