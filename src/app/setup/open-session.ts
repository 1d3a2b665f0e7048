import { planSession } from '../../core/session/plan.ts';
import { revokeTokens } from '../../providers/github-app/revoke.ts';
import { createSession, removeSession, writeSession } from '../../system/session-folder.ts';
import { sleep } from '../../system/sleep.ts';
import type { JobContext } from '../job-context.ts';
import type { SetupRequest } from './request.ts';
import type { Selected } from './selected.ts';
import type { SignedIn } from './signed-in.ts';
export async function openSession(
  { selected, signedIn }: { request: SetupRequest; selected: Selected; signedIn: SignedIn },
  context: JobContext,
) {
  const folder = createSession(context.job.temporaryFolder ?? '/tmp');
  const plan = planSession({ folder, grants: signedIn.grants, ...selected, env: context.env, earlier: [] });
  writeSession(folder, plan);
  return {
    folder,
    environment: plan.environment,
    warnings: plan.warnings,
    close: async () => {
      removeSession(folder);
      await revokeTokens(signedIn.minted, { fetch: context.http.fetch, now: context.now, sleep });
    },
  };
}
