import { init } from '../app/keeping/init.ts';
import { prose } from '../core/prose.ts';
import { withKeeping } from './keeping.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = (args, shell) =>
  withKeeping(shell, async (context) => {
    const found = init({ manifest: args.one('manifest'), dryRun: args.on('dry-run') }, context);
    const { path, files, credentials, repositories, registries, variables, step, uncovered, notes, text } =
      found;
    if (args.on('json')) {
      shell.print(
        `${JSON.stringify({ version: 1, manifest: path, credentials, repositories, registries, variables, step, uncovered, notes })}\n`,
      );
      return 0;
    }
    if (args.on('dry-run')) shell.print(text);
    const say = (line: string) => shell.ci.voice.info(`${/^ */.exec(line)?.[0]}${prose(line, [])}`);
    say(
      `Looked at ${files} files: ${credentials.length} ways to sign in, ${repositories.length} repositories, ${registries.length} registries.`,
    );
    for (const { name, from } of credentials) say(`  ${name}, as in ${from.join(', ')}`);
    if (variables.length > 0) say(`Set where jobs run: ${variables.join(', ')}`);
    for (const place of uncovered)
      say(
        `No credential yet for ${place}: public, or \`credential add\`${place.startsWith('https://github.com/') ? ', `app create`' : ''}`,
      );
    if (step.length > 0) say('The step that signs in instead:');
    for (const line of step) say(`  ${line}`);
    for (const note of notes) shell.ci.voice.warning(prose(note, []));
    say(
      args.on('dry-run')
        ? `It would go into ${path}.`
        : `Written: ${path}. Next: credential test, then upload.`,
    );
    return 0;
  });
