import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Flow, isRisk, passMinutes, type Scene } from '../app/keeping/stop/flow.ts';
import { guidedFlows } from '../app/keeping/stop/guided-flows.ts';
import { rotateFlows } from '../app/keeping/stop/rotate-flows.ts';
import { runChild } from '../app/keeping/stop/run-child.ts';
import { doTask } from '../app/keeping/stop/task.ts';

// Hundreds of processes: too long for a unit test.
const { 'without a manager, by choice': _, ...others } = rotateFlows;
const flows: Readonly<Record<string, Flow>> = { ...others, ...guidedFlows };

/** A kill before or during the n-th request, or before the n-th change on disk, should it come to that. */
const kill = fc.record({
  what: fc.constantFrom('before a request', 'during a request', 'before a change'),
  nth: fc.integer({ min: 1, max: 18 }),
});

async function runUntil({ what, nth }: { what: string; nth: number }, scene: Scene): Promise<void> {
  const child = runChild(await scene.task(), what === 'before a change' ? { KILLED_AT: `${nth}` } : {});
  let seen = 0;
  for (const traffic of scene.traffic) {
    traffic.fail(
      () => {
        if (what === 'before a change' || ++seen !== nth) return false;
        child.kill();
        return true;
      },
      what === 'before a request' ? 'hang' : 'lose',
    );
  }
  await child.ended;
  for (const traffic of scene.traffic) traffic.heal();
}

test.each(Object.entries(flows))(
  'killed again while it puts right what was killed: %s',
  async (_name, flow) => {
    await using whole = await flow.open();
    await doTask(await whole.task());
    const end = await whole.outcome();
    await fc.assert(
      fc.asyncProperty(fc.array(kill, { minLength: 2, maxLength: 4 }), async (kills) => {
        await using scene = await flow.open();
        for (const one of kills) {
          await runUntil(one, scene);
          passMinutes(scene.folder.path);
          isRisk(await scene.outcome(), flow);
        }
        const { failures } = await doTask(await scene.task());
        expect(failures.map(({ message }) => message).filter((message) => message !== flow.settled)).toEqual(
          [],
        );
        expect(await scene.outcome()).toBe(end);
      }),
      { numRuns: 5 },
    );
  },
  200_000,
);
