import type { MintedToken } from '../../core/app-tokens/minted-token.ts';
import { planMints } from '../../core/app-tokens/plan-mints.ts';
import type { Problem } from '../../core/failure.ts';
import { effectsOf } from '../effects.ts';
import type { JobContext } from '../job-context.ts';
import { stoppable } from '../stoppable.ts';
import { failedAt, maskLogin, type SignedUse } from './sign-ins.ts';

export interface AppGrants {
  readonly tokens: readonly MintedToken[];
  readonly problems: readonly Problem[];
}

/** Mints what the Apps in use need; every failure is told, and the tokens that came to life beside it are given back. */
export async function mintForApps(signed: readonly SignedUse[], context: JobContext): Promise<AppGrants> {
  const apps = new Map(
    signed.flatMap(({ use, signIn }) =>
      signIn.kind === 'app' ? [[use.credential.name, signIn] as const] : [],
    ),
  );
  const { plans, unserved } = planMints(signed.map(({ use }) => use));
  const problems = unserved.map(({ problem }) => problem);
  if (plans.length === 0) return { tokens: [], problems };
  context.http.prepare();
  // octokit and its signing load only where an App is used
  const { mintAll } = await import('../../providers/github-app/mint-all.ts');
  const { tokens, failures } = await mintAll(plans, apps, effectsOf(context, stoppable(context)));
  for (const { token } of tokens) maskLogin(token, 'x-access-token', context);
  return {
    tokens,
    problems: [...problems, ...failures.map(({ plan, failure }) => failedAt(plan.credential, failure))],
  };
}
