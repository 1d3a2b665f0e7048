import { runDemo } from '../app/demo.ts';
import { withContext } from './job.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = (_args, shell) =>
  withContext(shell, (context) => runDemo(context, (line) => shell.print(`${line}\n`)));
