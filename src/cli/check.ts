import { resolve } from 'node:path';
import { manifestFiles } from '../app/check/manifest-files.ts';
import type { CheckRequest } from '../app/check/request.ts';
import { check } from '../app/check.ts';
import { parseIssueKey } from '../core/check/issue-report.ts';
import { fullView, type PublicView, publicView } from '../core/check/public-view.ts';
import { exitCodeOf, failOnChoices, parseSpan } from '../core/check/verdict.ts';
import { Failure } from '../core/failure.ts';
import { annotations } from '../report/check/annotations.ts';
import { asking, headline } from '../report/check/headline.ts';
import { checkJson } from '../report/check/json.ts';
import { checkTable } from '../report/check/table.ts';
import type { Arguments } from './arguments.ts';
import { showInsights } from './check-insights.ts';
import { keepOwnIssue } from './check-issue.ts';
import { writeReports } from './check-reports.ts';
import { manifestOf, manifestRequest, withContext } from './job.ts';
import { progressLine } from './progress-line.ts';
import type { RunVerb, Shell } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const failOn = args.choice('fail-on', failOnChoices);
  const issueKey = parseIssueKey(args.one('issue-key') ?? 'default');
  const proxy = proxyOf(args);
  const request = checkRequest(args, shell);
  const manifest = await manifestOf(args, shell, 'Nothing is checked');
  if (manifest === null) return 0;
  return withContext(shell, async (context) => {
    const result = await checked({ ...request, manifest }, shell, context);
    const view = shell.ci.job.isPublic && !args.on('details') ? publicView(result) : fullView(result);
    if (args.on('json')) shell.print(`${JSON.stringify(checkJson(result))}\n`);
    else showTable(view, shell);
    await writeReports(view, { failOn, warnWithin: request.warnWithin, pathOf: pathOf(args, shell) });
    annotate(view, args, shell);
    if (proxy !== null) await showInsights(view, proxy, shell);
    if (args.on('report-issue')) await keepOwnIssue(view, issueKey, { shell, fetch: context.http.fetch });
    return exitCodeOf(result.status, failOn);
  });
};

function proxyOf(args: Arguments): string | null {
  const given = args.one('code-insights');
  if (given === null || /^http:\/\/[\w.-]+:\d+$/.test(given)) return given;
  throw new Failure('usage', '--code-insights is not the address of a proxy.', {
    hint: 'Write http://localhost:29418, or in a pipe http://host.docker.internal:29418.',
  });
}

function checkRequest(args: Arguments, shell: Shell): Omit<CheckRequest, 'manifest'> {
  return {
    repositories: args.lines('repositories'),
    registries: args.lines('registries'),
    credentials: args.lines('credentials'),
    environment: args.one('environment'),
    warnWithin: parseSpan(args.one('warn-within') ?? '14d', '--warn-within'),
    listsRevisions: args.on('revisions'),
    progress: shell.progress === null ? () => {} : progressLine(shell.progress),
  };
}

/** A line that counts on a terminal, one plain line in a log. */
async function checked(request: CheckRequest, { ci, progress }: Shell, context: Parameters<typeof check>[1]) {
  if (progress === null) ci.voice.info(asking(request.manifest.credentials.length));
  try {
    return await check(request, context);
  } finally {
    progress?.('');
  }
}

/** Folded under its headline in the log of a CI that can. */
function showTable(view: PublicView, shell: Shell): void {
  const end = shell.ci.voice.section(`Pipeline credentials: ${headline(view)}`);
  shell.print(checkTable(view, shell));
  end();
}

function pathOf(args: Arguments, { cwd }: Shell): (flag: string) => string | null {
  return (flag) => {
    const path = args.one(flag);
    return path === null ? null : resolve(cwd, path);
  };
}

function annotate(view: PublicView, args: Arguments, { ci, cwd }: Shell): void {
  const { annotate: show } = ci.voice;
  if (show === undefined) return;
  for (const one of annotations(view, manifestFiles(manifestRequest(args), { cwd, job: ci.job }))) show(one);
}
