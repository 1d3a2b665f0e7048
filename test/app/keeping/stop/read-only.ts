import { expect } from 'vitest';
import { type Flow, isRisk, isSettled, passMinutes } from './flow.ts';
import { type Event, eachOf, eventsOf } from './moments.ts';
import { runChild } from './run-child.ts';
import { doTask } from './task.ts';

/** A disk that takes no more changes from one of them on: what was then, and after the next run with a disk that does. */
async function readOnlyFrom(event: Event, flow: Flow) {
  await using scene = await flow.open();
  const { code, stdout } = await runChild(await scene.task(), { READ_ONLY_AT: `${event.nth}` }).ended;
  const outcome = `${await scene.outcome()}${code === 0 ? ', and on' : ''}`;
  expect([code, stdout]).toEqual([expect.toBeOneOf([0, 1]), expect.not.stringContaining('canary')]);
  passMinutes(scene.folder.path);
  const { failures } = await doTask(await scene.task());
  const next = [await scene.outcome(), ...failures.map(({ message }) => message)].join('; ');
  return { event, outcome, next };
}

/** A line for the changes of a file in a row. The next run must come through. */
export async function tableOfReadOnly(
  flow: Flow,
): Promise<{ readonly table: readonly string[]; readonly runs: number }> {
  const changes = (await eventsOf(flow)).filter(({ kind }) => kind === 'change');
  const runs = await eachOf(changes, (event) => readOnlyFrom(event, flow));
  await using whole = await flow.open();
  await doTask(await whole.task());
  const end = await whole.outcome();
  const odd = runs.filter(({ outcome, next }) => !isRisk(outcome, flow) && !isSettled(next, end, flow));
  expect(
    odd.map(({ event, outcome, next }) => `${event.label} (${event.nth}): ${outcome}, then ${next}`),
  ).toEqual([]);
  const rows = runs.map(({ event, outcome }) => `${event.label} | ${outcome}`);
  return { table: rows.filter((row, index) => row !== rows[index - 1]), runs: runs.length };
}
