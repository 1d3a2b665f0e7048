import type { MintPlan } from '../../core/app-tokens/mint-plan.ts';
import { grantOf, type MintedToken } from '../../core/app-tokens/minted-token.ts';
import { permissionsText } from '../../core/app-tokens/permissions.ts';
import { planMints } from '../../core/app-tokens/plan-mints.ts';
import type { Unserved } from '../../core/app-tokens/unserved.ts';
import type { HostAnswer } from '../../core/check/answer.ts';
import { Failure } from '../../core/failure.ts';
import { serverOf } from '../../core/location.ts';
import { basicHeader, type Login } from '../../core/login.ts';
import type { AppSignIn, Credential } from '../../core/manifest/manifest.ts';
import type { Secret } from '../../core/secret.ts';
import type { Use } from '../../core/selection/uses.ts';
import { grantFor } from '../../core/session/grant-for.ts';
import type { Target } from '../../core/target/target.ts';
import type { AppClient } from '../../providers/github-app/client.ts';
import type { Effects } from '../../providers/github-app/effects.ts';
import { sleep } from '../../system/sleep.ts';
import { effectsOf } from '../effects.ts';
import type { Selected } from '../setup/selected.ts';
import { covers, single } from './app-plans.ts';
import type { Ready } from './ready.ts';
import type { Run } from './run.ts';
import type { Server } from './server.ts';

/** What minting for one App came to. */
interface AppTokens {
  readonly tokens: readonly MintedToken[];
  readonly failures: readonly { readonly plan: MintPlan; readonly failure: Failure }[];
  readonly unserved: readonly Unserved[];
}

interface Asking {
  readonly ready: Ready;
  readonly app: AppSignIn<Secret, string>;
  readonly effects: Effects;
  readonly client: AppClient;
}

/** Asks GitHub about an App, and mints what its targets need: minting is what setup would do. */
export async function serveApp(ready: Ready, selected: Selected, run: Run): Promise<Server> {
  // octokit and its signing load only where an App is used
  const [{ askApp }, { appClient }, { githubApi }] = await Promise.all([
    import('../../providers/check/github-app.ts'),
    import('../../providers/github-app/client.ts'),
    import('../../providers/github-app/api.ts'),
  ]);
  const { signIn, credential } = ready;
  if (signIn.kind !== 'app') throw new TypeError(`${credential.name} is no App`);
  const effects = effectsOf(run.context, run.fetchOnce);
  const api = githubApi(serverOf(credential.base, 'github.com'), credential.apiUrl);
  const asking = { ready, app: signIn, effects, client: appClient(signIn, api, effects) };
  const answer = withEnd(await askApp(asking.client, run.quote), credential);
  const minted = answer.life.alive === 'yes' ? await mint(asking, selected) : nothing;
  for (const { token } of minted.tokens) run.know(token, 'x-access-token');
  return {
    ready,
    answer: await withLacks(answer, asking, minted),
    now: run.hostNow(new URL(api).host),
    authorize: (target) => basicHeader(loginFor(target, asking, minted)),
    logIn: async (target) => loginFor(target, asking, minted),
    close: () => revoke(minted, run),
  };
}

/**
 * An App's keys do not end by themselves; what the manifest declares is when to replace them.
 * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps
 */
function withEnd(answer: HostAnswer, { expires }: Credential): HostAnswer {
  return answer.life.alive === 'yes' && expires === null ? { ...answer, expiresAt: 'never' } : answer;
}

const nothing: AppTokens = { tokens: [], failures: [], unserved: [] };

/** As setup would; where a repository is not selected, each by itself, so that the others show what works. */
async function mint({ ready, app, effects, client }: Asking, { selections }: Selected): Promise<AppTokens> {
  const { mintAll } = await import('../../providers/github-app/mint-all.ts');
  const { installationAt, lacking } = await import('../../providers/check/github-app.ts');
  const isListed = selections.some(({ target }) => target.kind === 'repository');
  const use: Use = {
    credential: ready.credential,
    repositories: isListed ? ready.repositories : 'all',
    registries: ready.registries,
  };
  const { plans, unserved } = planMints([use]);
  const apps = new Map([[ready.credential.name, app]]);
  const first = await mintAll(plans, apps, effects);
  const divisible = first.failures.filter(({ plan }) => plan.git.length > 1);
  const wholes = await Promise.all(
    divisible.map(async ({ plan }) => {
      const lacks = lacking(await installationAt(client, plan.owner), { ...plan, purposes: [] });
      return lacks.length === 0 ? [plan] : [];
    }),
  );
  const whole = wholes.flat();
  const second = await mintAll(whole.flatMap(single), apps, effects);
  return {
    tokens: [...first.tokens, ...second.tokens],
    failures: [...first.failures.filter(({ plan }) => !whole.includes(plan)), ...second.failures],
    unserved,
  };
}

/** What the installations lack for the targets that got no token, and for the purposes; and what was granted. */
async function withLacks(
  answer: HostAnswer,
  { ready, client }: Asking,
  minted: AppTokens,
): Promise<HostAnswer> {
  if (answer.life.alive !== 'yes') return answer;
  const { installationAt, lacking, needsMore } = await import('../../providers/check/github-app.ts');
  const { purposes } = ready.credential;
  const refused = minted.failures
    .filter(({ failure }) => failure.code === 'mint-failed')
    .map(({ plan }) => plan);
  const asked = [...refused, ...(needsMore(purposes) ? minted.tokens.map(({ plan }) => plan) : [])];
  const lacks = await Promise.all(
    asked.map(async (plan) => lacking(await installationAt(client, plan.owner), { ...plan, purposes })),
  );
  const granted = minted.tokens.flatMap(({ permissions }) => permissionsText(permissions).split(', '));
  return {
    ...answer,
    missing: [...new Set(lacks.flat())],
    scopes: granted.length === 0 ? null : [...new Set(granted)].toSorted(),
  };
}

function loginFor(target: Target, { ready }: Asking, { tokens, failures, unserved }: AppTokens): Login {
  const { credential } = ready;
  const selection = { target, credential, reason: '', problem: null };
  const grant = grantFor(selection, tokens.map(grantOf));
  if (grant !== null && 'login' in grant) return grant.login;
  const failed = failures.find(({ plan }) => covers(plan, target))?.failure;
  if (failed !== undefined) throw failed;
  const { problem } = unserved.find(({ targets }) => targets.includes(target)) ?? unserved[0] ?? {};
  throw new Failure('mint-failed', problem?.message ?? `${credential.name} mints no token for it.`, {
    hint: problem?.hint ?? 'List the repository in the manifest.',
  });
}

/** Also when the run is to stop: then most of all. */
async function revoke({ tokens }: AppTokens, { context: { http, now } }: Run): Promise<void> {
  if (tokens.length === 0) return;
  const { revokeTokens } = await import('../../providers/github-app/revoke.ts');
  await revokeTokens(tokens, { fetch: http.fetch, now, sleep });
}
