import type { Revocation } from '../../core/session/revocation.ts';
import { revokeTokens } from '../../providers/github-app/revoke.ts';
import type { SessionHandle } from '../../system/session-folder.ts';
import { sleep } from '../../system/sleep.ts';
import { cleanup } from '../cleanup.ts';
import type { JobContext } from '../job-context.ts';
import { temporaryFolder } from './open-session.ts';

/** Ends the tokens at their hosts; gives those back that may still be alive. */
export function revoke(
  tokens: readonly Revocation[],
  { http, now }: Pick<JobContext, 'http' | 'now'>,
): Promise<readonly Revocation[]> {
  return revokeTokens(tokens, { fetch: http.fetch, now, sleep });
}

/** Ends one session of our own. */
export async function closeOne(handle: SessionHandle, context: JobContext): Promise<void> {
  const { warnings } = await cleanup({
    which: { kind: 'handle', handle },
    root: temporaryFolder(context),
    env: context.env,
    user: context.self.user,
    revoke: (tokens) => revoke(tokens, context),
  });
  for (const warning of warnings) context.voice.warning(warning);
}
