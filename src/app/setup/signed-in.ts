import { grantOf, type MintedToken } from '../../core/app-tokens/minted-token.ts';
import { type FailureCode, failureOf, interrupted, type Problem } from '../../core/failure.ts';
import { planUses, type Use } from '../../core/selection/uses.ts';
import type { GitGrant } from '../../core/session/grant.ts';
import type { JobContext } from '../job-context.ts';
import { mintForApps } from './app-grants.ts';
import { revoke } from './close.ts';
import { staticGrants } from './grants.ts';
import { jobTokenGrant } from './job-token.ts';
import type { SetupRequest } from './request.ts';
import type { Selected } from './selected.ts';
import { maskLogin, resolveUses } from './sign-ins.ts';

/** Every sign-in of a job, in hand and masked; nothing is written yet. */
export interface SignedIn {
  readonly grants: readonly GitGrant[];
  /** Tokens that came to life for this job, to be revoked when it ends. */
  readonly minted: readonly MintedToken[];
}

/**
 * Resolves, exchanges and mints all that the job needs, Apps and registries at once.
 * @throws Failure with every problem there is; what was minted is revoked by then.
 */
export async function signIn(
  request: SetupRequest,
  selected: Selected,
  context: JobContext,
): Promise<SignedIn> {
  const uses = usesOf(request, selected);
  const { jobToken } = request;
  if (jobToken !== null) maskLogin(jobToken.password, jobToken.username, context);
  const { signed, problems } = resolveUses(uses, context);
  const [given, minted] = await Promise.all([
    staticGrants(signed, selected, context),
    mintForApps(signed, context),
  ]);
  for (const grant of given.grants) {
    if ('login' in grant) maskLogin(grant.login.password, grant.login.username, context);
  }
  const all = [...problems, ...given.problems, ...minted.problems];
  for (const advice of given.advice) context.voice.warning(advice);
  for (const { severity, message, hint } of all) {
    if (severity === 'warning') context.voice.warning(`${message} ${hint}`);
  }
  await refuse(
    all.filter(({ severity }) => severity === 'error'),
    minted.tokens,
    context,
  );
  const own = jobTokenGrant(jobToken, selected, context);
  const fromApps = minted.tokens.map((token) => grantOf(token));
  return { grants: [...given.grants, ...fromApps, ...(own === null ? [] : [own])], minted: minted.tokens };
}

/** With git or docker left alone, credentials are used only for what is asked for by name. */
function usesOf({ git, docker, tokenFor }: SetupRequest, selected: Selected): readonly Use[] {
  const { credentials, selections, circumstances } = selected;
  const uses = planUses(credentials, selections, circumstances);
  if (tokenFor !== null || (git !== 'none' && docker !== 'none')) return uses;
  return uses
    .map((use) => ({
      ...use,
      repositories: git === 'none' ? [] : use.repositories,
      registries: docker === 'none' ? [] : use.registries,
    }))
    .filter(({ repositories, registries }) => repositories.length > 0 || registries.length > 0);
}

async function refuse(
  errors: readonly Problem[],
  minted: readonly MintedToken[],
  context: JobContext,
): Promise<void> {
  const [first, ...others] = errors;
  if (first === undefined && !context.signal.aborted) return;
  await revoke(minted, context);
  // What else went wrong may be because of it.
  if (first === undefined || context.signal.aborted) throw interrupted();
  throw failureOf(codeOf(first), [first, ...others]);
}

const codes: readonly FailureCode[] = ['reference-unresolved', 'unreachable', 'refused'];

function codeOf({ code }: Problem): FailureCode {
  return codes.find((known) => known === code) ?? 'mint-failed';
}
