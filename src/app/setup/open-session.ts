import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { environmentNames } from '../../core/manifest/environment-names.ts';
import type { Signer } from '../../core/session/session-plan.ts';
import type { JobContext } from '../job-context.ts';
import { beginSession, type NewSession } from '../session.ts';
import type { SetupRequest } from './request.ts';

/** Makes the folder of a setup's session; nothing is written in it yet. Throws as `beginSession` does. */
export function newSession(request: SetupRequest, context: JobContext): NewSession {
  const { job, env, self } = context;
  return beginSession({
    root: temporaryFolder(context),
    folder: request.session,
    workspace: job.workspace,
    job: job.id,
    now: context.now(),
    env,
    secretVariables: environmentNames(request.manifest),
    pid: self.pid,
    user: self.user,
    within: request.within,
    git: request.git,
    docker: request.docker,
    signer: signerOf(context),
    remember: request.remember,
  });
}

/** Where sessions of this job are: the runner's temp folder, else the system's. */
export function temporaryFolder({ job }: Pick<JobContext, 'job'>): string {
  return job.temporaryFolder ?? tmpdir();
}

/** The signer is bundled beside every door: `dist/codecommit-signer/index.js`. */
function signerOf({ self }: JobContext): Signer {
  const script = resolve(self.script, '../../codecommit-signer/index.js');
  return { node: self.execPath, code: () => readFileSync(script, 'utf8') };
}
