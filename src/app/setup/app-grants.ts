import { planMints } from '../../core/app-tokens/mint-plan.ts';
import type { MintedToken } from '../../core/app-tokens/minted-token.ts';
import type { Problem } from '../../core/failure.ts';
import { mintAll } from '../../providers/github-app/mint-all.ts';
import { sleep } from '../../system/sleep.ts';
import type { JobContext } from '../job-context.ts';
import { maskLogin, problemAt, type SignedUse } from './sign-ins.ts';

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
  const { plans, problems } = planMints(signed.map(({ use }) => use));
  const { tokens, failures } = await mintAll(plans, apps, {
    fetch: context.http.fetch,
    now: context.now,
    sleep: (ms) => sleep(ms, context.signal),
    random: Math.random,
    warn: context.voice.warning,
  });
  for (const { token } of tokens) maskLogin(token, 'x-access-token', context);
  return {
    tokens,
    problems: [...problems, ...failures.map(({ plan, failure }) => problemAt(plan.credential, failure))],
  };
}
