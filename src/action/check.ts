import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestFiles } from '../app/check/manifest-files.ts';
import { check } from '../app/check.ts';
import type { JobContext } from '../app/job-context.ts';
import { type ActionRunner, actionRunner } from '../ci/github-action.ts';
import { readJob } from '../ci/read-job.ts';
import { fullView, type PublicView, publicView } from '../core/check/public-view.ts';
import type { CheckResult } from '../core/check/result.ts';
import { exitCodeOf } from '../core/check/verdict.ts';
import { Failure, unexpected } from '../core/failure.ts';
import { objectOf } from '../core/json.ts';
import { annotations } from '../report/check/annotations.ts';
import { asking, headline } from '../report/check/headline.ts';
import { issueReport } from '../report/check/issue.ts';
import { checkJson } from '../report/check/json.ts';
import { checkSummary } from '../report/check/summary.ts';
import { checkTable } from '../report/check/table.ts';
import { writeFileAtomically } from '../system/atomic-file.ts';
import { createHttp } from '../system/http.ts';
import { readTextFile } from '../system/text-file.ts';
import { type CheckInputs, checkInputs } from './check-inputs.ts';
import { manifestInputs, manifestOf } from './manifest.ts';
import { stepProcess } from './step-process.ts';

/** The step of the check action: reads the inputs, asks, reports. Gives the exit code. */
export async function runCheck(own: NodeJS.Process): Promise<0 | 1> {
  const around = stepProcess(own);
  const runner = actionRunner();
  const http = createHttp({ env: around.env, tell: runner.info });
  try {
    const job = readJob(around.env, readTextFile);
    return await main(runner, { ...around, http, now: () => new Date(), job, voice: runner });
  } catch (error) {
    runner.fail(error instanceof Failure ? error : unexpected(error));
    return 1;
  } finally {
    http.close();
  }
}

async function main(runner: ActionRunner, context: JobContext): Promise<0 | 1> {
  const inputs = checkInputs(runner);
  const manifest = await manifestOf(runner, { context, without: 'Nothing is checked' });
  if (manifest === null) return 0;
  runner.info(asking(manifest.credentials.length));
  const checking = { ...context, env: { ...context.env, ...inputs.env } };
  const result = await check({ ...inputs, manifest, progress: () => {} }, checking);
  const view = context.job.isPublic && !inputs.details ? publicView(result) : fullView(result);
  runner.output('status', result.status);
  runner.output('report', writeReport(result, context));
  show(runner, view, context);
  await runner.summary(checkSummary(view));
  await keepIssue(runner, { view, inputs, context });
  return exitCodeOf(result.status, inputs.failOn);
}

/** The whole result, for later steps of this job only. */
function writeReport(result: CheckResult, { job }: JobContext): string {
  const folder = job.temporaryFolder ?? tmpdir();
  const path = join(folder, `pipeline-credentials-check-${randomUUID()}.json`);
  const content = `${JSON.stringify(checkJson(result), null, 2)}\n`;
  writeFileAtomically(path, { content, mode: 0o600 });
  return path;
}

function show(runner: ActionRunner, view: PublicView, context: JobContext): void {
  const close = runner.section(`Pipeline credentials: ${headline(view)}`);
  runner.info(checkTable(view, { colours: true, columns: null }));
  close();
  for (const one of annotations(view, manifestFiles(manifestInputs(runner), context))) runner.annotate?.(one);
}

interface Reporting {
  readonly view: PublicView;
  readonly inputs: CheckInputs;
  readonly context: JobContext;
}

/** An issue that cannot be kept is a warning: the result stands without it. */
async function keepIssue(runner: ActionRunner, { view, inputs, context }: Reporting): Promise<void> {
  if (inputs.issue === null) return;
  const { GITHUB_REPOSITORY: repository = '', GITHUB_API_URL: apiUrl = 'https://api.github.com' } =
    context.env;
  const { key, token } = inputs.issue;
  try {
    const [{ githubTracker }, tracking] = await Promise.all([
      import('../ci/issues/github.ts'),
      import('../ci/issues/tracker.ts'),
    ]);
    const tracker = await githubTracker({ repository, apiUrl, token, fetch: context.http.fetch });
    const outcome = await tracking.keepIssue(tracker, issueReport(view, key));
    runner.info(`The issue of this check: ${outcome}.`);
  } catch (error) {
    const { status } = objectOf(error);
    const why = typeof status === 'number' ? `GitHub answered ${status}` : 'GitHub could not be asked';
    runner.warning(
      `The issue could not be kept: ${why}. The workflow needs \`permissions: issues: write\`, and the repository issues.`,
    );
  }
}
