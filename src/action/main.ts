import { resolve } from 'node:path';
import type { JobContext } from '../app/job-context.ts';
import { temporaryFolder } from '../app/setup/open-session.ts';
import { handOn, type Setup, setup } from '../app/setup.ts';
import { type ActionRunner, actionRunner } from '../ci/github-action.ts';
import { readJob } from '../ci/read-job.ts';
import { Failure, unexpected } from '../core/failure.ts';
import { selectionJson } from '../report/setup-json.ts';
import { setupLines } from '../report/setup-lines.ts';
import { setupSummary } from '../report/setup-summary.ts';
import { timestamp } from '../report/timestamp.ts';
import { createHttp } from '../system/http.ts';
import { readTextFile } from '../system/text-file.ts';
import { setupInputs } from './inputs.ts';
import { manifestOf } from './manifest.ts';
import { stepProcess } from './step-process.ts';

/** The action's step: reads the inputs, sets up, reports. Gives the exit code. */
export async function runMain(own: NodeJS.Process): Promise<0 | 1> {
  const around = stepProcess(own);
  const runner = actionRunner();
  const http = createHttp({ env: around.env, tell: runner.info });
  try {
    // Else post would believe a variable of that name, which any step can set.
    runner.saveState('session', '');
    const context = {
      ...around,
      http,
      now: () => new Date(),
      job: readJob(around.env, readTextFile),
      voice: runner,
    };
    await main(runner, context);
    return 0;
  } catch (error) {
    runner.fail(error instanceof Failure ? error : unexpected(error));
    return 1;
  } finally {
    http.close();
  }
}

async function main(runner: ActionRunner, context: JobContext): Promise<void> {
  if (runner.flag('install-cli', false)) await installCli(runner, context);
  const inputs = setupInputs(runner);
  const manifest = await manifestOf(runner, { context, without: 'Nothing is signed in' });
  if (manifest === null) return;
  const done = await setup({ ...inputs, manifest }, context);
  await handOn(done, async () => {
    for (const [name, value] of Object.entries(done.environment)) runner.exportVariable(name, value);
    giveOutputs(runner, done);
    const options = { namesTargets: !context.job.isPublic };
    for (const line of setupLines(done.rows, options)) runner.info(line);
    await runner.summary(setupSummary(done.rows, options));
  });
}

/** The command line holds no secret and stays on the machine, as tools do. */
async function installCli(runner: ActionRunner, context: JobContext): Promise<void> {
  const { installCommandLine } = await import('../ci/tool-cache.ts');
  const dist = resolve(context.self.script, '../..');
  const folder = await installCommandLine({
    dist,
    node: context.self.execPath,
    temporaryFolder: temporaryFolder(context),
  });
  runner.addPath(folder);
}

function giveOutputs(runner: ActionRunner, done: Setup): void {
  runner.output('session', done.folder);
  runner.output('selection', JSON.stringify(selectionJson(done.rows)));
  runner.output('expires-at', done.expiresAt === null ? '' : timestamp(done.expiresAt));
  runner.output('docker-config', done.environment.DOCKER_CONFIG ?? '');
  runner.output('scm-file', done.environment.NXF_SCM_FILE ?? '');
  if (done.token === null) return;
  runner.output('username', done.token.username);
  runner.output('app-slug', done.token.app?.appSlug ?? '');
  runner.output('installation-id', String(done.token.app?.installationId ?? ''));
  runner.output('token', done.token.password.reveal());
}
