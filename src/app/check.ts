import { cleanResult } from '../core/check/clean.ts';
import { judge } from '../core/check/judge.ts';
import type { CheckResult, CredentialResult, TargetResult } from '../core/check/result.ts';
import { overallStatus } from '../core/check/verdict.ts';
import type { Credential } from '../core/manifest/manifest.ts';
import type { Selection } from '../core/selection/selection.ts';
import { providerCheck } from '../providers/check/index.ts';
import { serveApp } from './check/app-server.ts';
import { askTarget, targetResult } from './check/ask-target.ts';
import { isReady, makeReady, type Ready } from './check/ready.ts';
import type { CheckRequest } from './check/request.ts';
import { type Run, startRun } from './check/run.ts';
import { type Server, serve } from './check/server.ts';
import type { JobContext } from './job-context.ts';
import { type Selected, selectReadable } from './setup/selected.ts';
import { maskLogin } from './setup/sign-ins.ts';
import { refuseSurroundings } from './surroundings.ts';

/**
 * Asks every host about every credential, and for every target with the credential that serves it; all at once, and
 * none hides another's result. The result is fit to print.
 * @throws Failure when manifest, targets or surroundings are wrong, or the job is to stop.
 */
export async function check(request: CheckRequest, context: JobContext): Promise<CheckResult> {
  refuseSurroundings(context);
  const checkedAt = context.now();
  const selected = selectReadable(request, checkedAt);
  const run = startRun(context, (secret, username) => maskLogin(secret, username, context));
  const results = await askAll({ request, selected, run });
  return cleanResult({ checkedAt, status: overallStatus(results), ...results }, run.secrets);
}

interface Asking {
  readonly request: CheckRequest;
  readonly selected: Selected;
  readonly run: Run;
}

/** A credential that can be tried, or its result when there was nothing to ask. */
type Asked = Server | CredentialResult;

async function askAll(asking: Asking): Promise<Pick<CheckResult, 'credentials' | 'targets'>> {
  const { credentials, selections } = asking.selected;
  const counted = counter(asking.request, credentials.length + selections.length);
  const asked = new Map(credentials.map((one) => [one, counted(ask(one, asking))]));
  try {
    const targets = await Promise.all(selections.map((one) => counted(tryTarget(one, asked, asking))));
    const results = credentials.map(async (one) => judged(one, await asked.get(one), { ...asking, targets }));
    return { credentials: await Promise.all(results), targets };
  } finally {
    await Promise.allSettled([...asked.values()].map(async (one) => closeOne(await one)));
  }
}

function counter({ progress }: CheckRequest, total: number) {
  let done = 0;
  return async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    done += 1;
    progress(done, total);
    return result;
  };
}

async function ask(credential: Credential, { selected, run }: Asking): Promise<Asked> {
  const ready = makeReady(credential, served(credential, selected), {
    run,
    circumstances: selected.circumstances,
  });
  if (!isReady(ready)) return ready;
  return ready.signIn.kind === 'app' ? serveApp(ready, selected, run) : serve(ready, run);
}

function served(
  credential: Credential,
  { selections }: Selected,
): Pick<Ready, 'repositories' | 'registries'> {
  const targets = selections.filter((one) => one.credential === credential).map(({ target }) => target);
  return {
    repositories: targets.filter((target) => target.kind === 'repository'),
    registries: targets.filter((target) => target.kind === 'registry'),
  };
}

/** Tries a target as soon as its credential has been asked about. */
async function tryTarget(
  selection: Selection,
  asked: ReadonlyMap<Credential, Promise<Asked>>,
  { run, request }: Asking,
): Promise<TargetResult> {
  const { credential } = selection;
  const server = credential === null ? null : ((await asked.get(credential)) ?? null);
  if (server !== null && !isServer(server)) {
    const { message, hint } = server;
    const found = { status: 'denied', message: `not tried: ${server.name}: ${message}`, hint } as const;
    return targetResult(selection, { ...found, revision: null, revisions: null, proof: 'none' });
  }
  const { listsRevisions } = request;
  return targetResult(selection, await askTarget({ selection, server, run, listsRevisions }));
}

function isServer(asked: Asked): asked is Server {
  return 'ready' in asked;
}

function judged(
  credential: Credential,
  asked: Asked | undefined,
  { selected, targets, request }: Asking & { readonly targets: readonly TargetResult[] },
): CredentialResult {
  if (asked === undefined) throw new TypeError(`${credential.name} was not asked`);
  const ownTargets = targets.filter(
    (_target, index) => selected.selections[index]?.credential === credential,
  );
  if (!isServer(asked)) return { ...asked, usedBy: ownTargets.map(({ target }) => target) };
  const { ready, answer, now } = asked;
  const listed = selected.selections.some(({ target }) => target.kind === 'repository');
  const check = credential.provider === 'registry' ? null : providerCheck(credential.provider);
  // An App's permissions are no scopes: it was asked what they lack.
  const hasScopes = answer.scopes !== null && ready.signIn.kind !== 'app';
  return judge({
    credential,
    answer,
    targets: ownTargets,
    serves: listed || check === null ? 'targets' : 'all',
    scopes: hasScopes ? (check?.scopeTable(answer.scopes) ?? null) : null,
    page: check?.page(credential, ready.signIn) ?? '',
    now,
    warnWithin: request.warnWithin,
  });
}

async function closeOne(asked: Asked): Promise<void> {
  if (isServer(asked)) await asked.close();
}
