import { runDemo } from '../app/demo.ts';
import { withContext } from './job.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = (args, shell) =>
  withContext(shell, async (context) => {
    const isJson = args.on('json');
    const say = isJson ? shell.ci.voice.info : (line: string) => shell.print(`${line}\n`);
    const checks = await runDemo(context, say);
    const worked = checks.every((one) => one.worked);
    if (isJson) shell.print(`${JSON.stringify({ version: 1, worked, checks })}\n`);
    return worked ? 0 : 1;
  });
