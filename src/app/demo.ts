import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import { findProgram } from '../system/program.ts';
import { proveNothingIsLeft, type Shown, signIn, useGit, useRegistry } from './demo/acts.ts';
import { homeFingerprint } from './demo/home-fingerprint.ts';
import { openScene } from './demo/scene.ts';
import type { JobContext } from './job-context.ts';

/** The main job on this machine: no account, no network, nothing left behind. Tells as it goes, and gives what it showed. */
export async function runDemo(context: JobContext, say: (line: string) => void): Promise<readonly Shown[]> {
  if (findProgram('git', context.env.PATH ?? '', null) === null) throw noGit;
  const workspace = mkdtempSync(join(tmpdir(), 'pipeline-credentials-demo-'));
  const home = homeFingerprint(context.env);
  try {
    await using scene = await openScene(context.now());
    const show = { scene, context: jobContext(context, scene.secrets, workspace), workspace, say, home };
    const done = await signIn(show);
    const shown: Shown[] = [];
    try {
      shown.push(...(await useGit(show, done)), await useRegistry(show, done));
    } finally {
      await done.close();
    }
    shown.push(...proveNothingIsLeft(show, done));
    const failed = shown.filter(({ worked }) => !worked).length;
    say(failed === 0 ? 'Everything worked.' : `${failed} of ${shown.length} checks FAILED.`);
    return shown;
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

const noGit = new Failure('refused', 'The demo clones with git, and there is none on PATH.', {
  hint: 'Install git 2.26 or newer.',
});

/** The person's own job stays out of it: another workspace, other variables. */
function jobContext(
  context: JobContext,
  secrets: Readonly<Record<string, string>>,
  workspace: string,
): JobContext {
  const job = {
    ...context.job,
    ci: 'none',
    id: null,
    repository: null,
    token: null,
    foreignEvent: null,
  } as const;
  return {
    ...context,
    env: { ...context.env, ...secrets },
    job: { ...job, workspace, temporaryFolder: null },
  };
}
