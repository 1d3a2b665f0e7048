import { cleanResult } from '../core/check/clean.ts';
import type { CheckResult } from '../core/check/result.ts';
import { overallStatus } from '../core/check/verdict.ts';
import { type Asking, ask, isServer, tryTarget } from './check/ask.ts';
import { judged } from './check/judged.ts';
import type { CheckRequest } from './check/request.ts';
import { startRun } from './check/run.ts';
import type { JobContext } from './job-context.ts';
import { selectReadable } from './setup/selected.ts';
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

async function askAll(asking: Asking): Promise<Pick<CheckResult, 'credentials' | 'targets'>> {
  const { credentials, selections } = asking.selected;
  const counted = counter(asking.request, credentials.length + selections.length);
  const asked = credentials.map((one) => counted(ask(one, asking)));
  const byName = new Map(credentials.map(({ name }, index) => [name, asked[index]]));
  const tried = selections.map((selection) => {
    const server = byName.get(selection.credential?.name ?? '') ?? Promise.resolve(null);
    return counted(server.then((one) => tryTarget(selection, one, asking)));
  });
  try {
    const [answers, targets] = await Promise.all([Promise.all(asked), Promise.all(tried)]);
    return { credentials: answers.map((answer) => judged(answer, { ...asking, targets })), targets };
  } finally {
    const servers = await Promise.allSettled(asked);
    const opened = servers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all(opened.filter(isServer).map(({ close }) => close()));
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
