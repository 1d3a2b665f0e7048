import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { type Flow, isRisk, isSettled, passMinutes } from './flow.ts';
import { type Event, eachOf, eventsOf, killAt, type Moment, momentsOf } from './moments.ts';
import { doTask } from './task.ts';

/** A kill at one moment: which secrets worked then and who knew them, and how it stood after the next run. */
interface Killed {
  readonly moment: Moment;
  readonly outcome: string;
  /** The same after the next run, with what it said when it failed. */
  readonly next: string;
  /** Files that the next run left, of those that hold what is under way. */
  readonly left: readonly string[];
}

async function killedAt(moment: Moment, flow: Flow): Promise<Killed> {
  await using scene = await flow.open();
  await killAt(moment, scene);
  const outcome = await scene.outcome();
  passMinutes(scene.folder.path);
  const { failures } = await doTask(await scene.task());
  const next = [await scene.outcome(), ...failures.map(({ message }) => message)].join('; ');
  const names = readdirSync(scene.folder.path, { recursive: true }).map(String);
  return { moment, outcome, next, left: names.filter((name) => /\.new$|\.lock|\.json/.test(name)) };
}

/**
 * Kills a flow at every moment there is: before and during every request it sends, before every change it makes on
 * disk. Gives a line for each request, with what was when it was killed before it and during it, and one for the changes of
 * a file in a row; `after` a request is what comes before the next line. The next run must come through, and leave nothing.
 */
export async function tableOfKills(
  flow: Flow,
): Promise<{ readonly table: readonly string[]; readonly kills: number }> {
  const events = await eventsOf(flow);
  const kills = await eachOf(momentsOf(events), (moment) => killedAt(moment, flow));
  await using whole = await flow.open();
  expect((await doTask(await whole.task())).failures).toEqual([]);
  const end = await whole.outcome();
  const odd = kills.filter(
    ({ next, left, outcome }) => !isRisk(outcome, flow) && (!isSettled(next, end, flow) || left.length > 0),
  );
  expect(
    odd.map(({ moment, next, left }) => ({ at: `${moment.at} ${moment.event.label}`, next, left })),
  ).toEqual([]);
  const at = (event: Event, when: Moment['at']) =>
    kills.find(({ moment }) => moment.event === event && moment.at === when)?.outcome;
  const rows = events.map((event) =>
    event.kind === 'request'
      ? `${event.label} | ${at(event, 'before')} | ${at(event, 'during')}`
      : `- ${event.label} | ${at(event, 'before')}`,
  );
  return {
    table: [...rows.filter((row, index) => row !== rows[index - 1]), `end | ${end}`],
    kills: kills.length,
  };
}
