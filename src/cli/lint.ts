import { lint } from '../app/lint.ts';
import { lintText } from '../report/problem-lines.ts';
import { manifestRequest } from './job.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const report = await lint(manifestRequest(args), { ...shell, job: shell.ci.job, now: shell.now() });
  shell.print(args.on('json') ? `${JSON.stringify(report)}\n` : lintText(report.problems));
  return report.valid ? 0 : 2;
};
