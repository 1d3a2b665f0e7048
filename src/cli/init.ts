import { type InitResult, init } from '../app/keeping/init.ts';
import { prose } from '../core/prose.ts';
import { withKeeping } from './keeping.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = (args, shell) =>
  withKeeping(shell, async (context) => {
    const isDry = args.on('dry-run');
    const found = init({ manifest: args.one('manifest'), dryRun: isDry }, context);
    const { path, credentials, repositories, registries, variables, step, uncovered, notes, text } = found;
    if (args.on('json')) {
      shell.print(
        `${JSON.stringify({ version: 1, manifest: path, credentials, repositories, registries, variables, step, uncovered, notes })}\n`,
      );
      return 0;
    }
    if (isDry) shell.print(text);
    for (const line of linesOf(found)) shell.ci.voice.info(`${/^ */.exec(line)?.[0]}${prose(line, [])}`);
    for (const note of notes) shell.ci.voice.warning(prose(note, []));
    shell.ci.voice.info(
      prose(isDry ? `It would go into ${path}.` : `Written: ${path}. ${nextOf(found)}`, []),
    );
    return 0;
  });

function linesOf(found: InitResult): readonly string[] {
  const { files, credentials, repositories, registries, variables, step, uncovered } = found;
  const all = [
    count(credentials.length, 'way to sign in', 'ways to sign in'),
    count(repositories.length, 'repository', 'repositories'),
    count(registries.length, 'registry', 'registries'),
  ];
  return [
    files === 0
      ? 'Nothing here tells what jobs need: no remotes, submodules, images or sign-ins were found.'
      : `Found in ${count(files, 'file', 'files')}: ${all.join(', ')}.`,
    ...credentials.map(({ name, from }) => `  ${name}, as in ${from.join(', ')}`),
    ...(variables.length > 0 ? [`Set where jobs run: ${variables.join(', ')}`] : []),
    ...uncovered.map(
      (place) =>
        `No credential yet for ${place}: public, or \`credential add\`${place.startsWith('https://github.com/') ? ', `app create`' : ''}`,
    ),
    ...(step.length > 0 ? ['The step that signs in instead:', ...step.map((line) => `  ${line}`)] : []),
  ];
}

function count(number: number, one: string, many: string): string {
  return `${number === 0 ? 'no' : number} ${number === 1 ? one : many}`;
}

/** A credential that is not there cannot be tested. */
function nextOf({ credentials, variables }: InitResult): string {
  if (credentials.length === 0)
    return 'Next: `credential add NAME` or `app create NAME` for what is private, then `upload --to PLACE`.';
  const first = variables.length > 0 ? 'set these variables here, ' : '';
  return `Next: ${first}\`credential test\`, then \`upload --to PLACE\`.`;
}
