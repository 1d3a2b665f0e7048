import { cleanup } from '../app/cleanup.ts';
import { revoke } from '../app/setup/close.ts';
import { temporaryFolder } from '../app/setup/open-session.ts';
import { actionRunner } from '../ci/github-action.ts';
import { readJob } from '../ci/read-job.ts';
import type { Env } from '../core/env.ts';
import { unsetValue } from '../core/session/unset-value.ts';
import { createHttp } from '../system/http.ts';
import type { Self } from '../system/self.ts';
import type { SessionHandle } from '../system/session-folder.ts';
import { readTextFile } from '../system/text-file.ts';

/** What a post step has around it. */
export interface PostProcess {
  readonly env: Env;
  readonly self: Pick<Self, 'user'>;
}

/** Undoes what main did, as the runner's state remembers it (security rule 19). Never fails the job. */
export async function runPost({ env, self }: PostProcess): Promise<void> {
  const runner = actionRunner();
  const handle = parseHandle(runner.state('session'));
  if (handle === null) return;
  const http = createHttp({ env });
  try {
    const { restore, removed, warnings } = await cleanup({
      which: { kind: 'handle', handle },
      root: temporaryFolder({ job: readJob(env, readTextFile) }),
      env,
      user: self.user,
      revoke: (tokens) => revoke(tokens, { http, now: () => new Date() }),
    });
    for (const [name, value] of Object.entries(restore))
      runner.exportVariable(name, value ?? unsetValue(name));
    for (const warning of warnings) runner.warning(warning);
    if (removed.length > 0) runner.info('Signed out: the session is removed.');
  } catch {
    runner.warning('The session could not be removed; the next setup on this machine tries again.');
  } finally {
    http.close();
  }
}

function parseHandle(state: string): SessionHandle | null {
  try {
    return JSON.parse(state);
  } catch {
    return null;
  }
}
