import { serverOf } from '../../core/location.ts';
import type { Credential } from '../../core/manifest/manifest.ts';
import type { Revocation } from '../../core/session/revocation.ts';
import { githubApi } from '../../providers/github-app/api.ts';
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

/**
 * Ends the tokens that dead sessions minted, where this job's manifest names their hosts: what lies in a temp folder must
 * not send us anywhere else. Never fails.
 */
export async function revokeOrphans(
  orphans: readonly Revocation[],
  credentials: readonly Credential[],
  context: Pick<JobContext, 'http' | 'now'>,
): Promise<void> {
  const apis = new Set(credentials.flatMap(apiOf));
  await revoke(
    orphans.filter(({ api }) => apis.has(api)),
    context,
  );
}

function apiOf({ provider, signIn, base, apiUrl }: Credential): readonly string[] {
  if (provider !== 'github' || signIn.kind !== 'app') return [];
  return [githubApi(serverOf(base, 'github.com'), apiUrl)];
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
