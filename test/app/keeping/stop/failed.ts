import { expect } from 'vitest';
import type { Fault } from '../../../../src/demo/traffic.ts';
import { type Flow, isRisk, isSettled, type Scene } from './flow.ts';
import { eachOf, labelOf } from './moments.ts';
import { doTask } from './task.ts';

/** How a request breaks, and whether all later ones do too. What a host says holds what it was sent, as hostile ones do. */
const faultsOf = (
  sent: string,
): Readonly<Record<string, { readonly fault: Fault; readonly forever?: true }>> => ({
  'never arrives': { fault: 'reset' },
  gone: { fault: 'reset', forever: true },
  'answer lost': { fault: 'lose' },
  silent: { fault: 'hang' },
  endless: { fault: 'endless' },
  cut: { fault: 'cut' },
  'not JSON': { fault: { status: 200, body: `<html>${sent}</html>` } },
  500: { fault: { status: 500, body: { message: `no: ${sent}` } } },
  403: { fault: { status: 403, body: { message: 'no' } } },
  429: { fault: { status: 429, headers: { 'retry-after': '1' }, body: { message: 'slow down' } } },
  'done but 504': { fault: { instead: { status: 504, body: 'Gateway Timeout' } } },
  'done but 403': { fault: { instead: { status: 403, body: { message: 'no' } } } },
});

interface Request {
  readonly label: string;
  readonly nth: number;
}

/** Requests of an undisturbed run, in order. */
async function requestsOf(flow: Flow): Promise<readonly Request[]> {
  await using scene = await flow.open();
  const labels: string[] = [];
  for (const traffic of scene.traffic) {
    traffic.fail((request) => {
      labels.push(labelOf(request));
      return false;
    }, 'reset');
  }
  expect((await doTask(await scene.task())).failures).toEqual([]);
  return labels.map((label, index) => ({
    label,
    nth: labels.slice(0, index + 1).filter((one) => one === label).length,
  }));
}

function breakAt({ label, nth }: Request, name: string, { traffic, sent }: Scene): void {
  const { fault, forever } = faultsOf(sent)[name] ?? { fault: 'reset' };
  let seen = 0;
  let hit = false;
  for (const one of traffic) {
    one.fail(
      (request) => {
        if (hit) return forever === true;
        hit = labelOf(request) === label && ++seen === nth;
        return hit;
      },
      fault,
      1000,
    );
  }
}

interface Failed {
  readonly request: Request;
  readonly fault: string;
  readonly outcome: string;
  /** Null where the run came through. */
  readonly next: string | null;
}

async function failAt(request: Request, fault: string, flow: Flow): Promise<Failed> {
  await using scene = await flow.open();
  breakAt(request, fault, scene);
  const short = fault === 'silent' || fault === 'endless';
  const { failures, talk } = await doTask(
    await scene.task(),
    short ? { idleMs: 1500, totalMs: 1500 } : undefined,
  );
  for (const traffic of scene.traffic) traffic.heal();
  const outcome = `${await scene.outcome()}${failures.length === 0 ? ', and on' : ''}`;
  expect(JSON.stringify([failures, failures.map(({ message, hint }) => message + hint), talk])).not.toContain(
    'canary',
  );
  if (failures.length === 0) return { request, fault, outcome, next: null };
  const again = await doTask(await scene.task());
  const next = [await scene.outcome(), ...again.failures.map(({ message }) => message)].join('; ');
  return { request, fault, outcome, next };
}

/**
 * Breaks every request of a flow in every way. Gives a line for each request: what was then mostly, and what else in
 * which ways of breaking it. `and on`: the run came through all the same. The next run must come through.
 */
export async function tableOfFailures(
  flow: Flow,
): Promise<{ readonly table: readonly string[]; readonly runs: number }> {
  const requests = await requestsOf(flow);
  const runs = requests.flatMap((request) => Object.keys(faultsOf('')).map((fault) => ({ request, fault })));
  const failed = await eachOf(runs, ({ request, fault }) => failAt(request, fault, flow), 24);
  await using whole = await flow.open();
  await doTask(await whole.task());
  const end = await whole.outcome();
  const odd = failed.filter(
    ({ next, outcome }) => !isRisk(outcome, flow) && next !== null && !isSettled(next, end, flow),
  );
  expect(
    odd.map(({ request, fault, next }) => `${request.label} (${request.nth}) ${fault}: ${next}`),
  ).toEqual([]);
  return { table: requests.map((request) => rowOf(request, failed)), runs: runs.length };
}

function rowOf(request: Request, failed: readonly Failed[]): string {
  const own = failed.filter((one) => one.request === request);
  const outcomes = [...new Set(own.map(({ outcome }) => outcome))];
  const groups = outcomes
    .map((outcome) => ({
      outcome,
      ways: own.filter((one) => one.outcome === outcome).map(({ fault }) => fault),
    }))
    .sort((one, other) => other.ways.length - one.ways.length);
  const [most, ...others] = groups.map(({ outcome, ways }, index) =>
    index === 0 ? outcome : `${outcome} (${ways.join(', ')})`,
  );
  return [request.label, most, ...others].join(' | ');
}
