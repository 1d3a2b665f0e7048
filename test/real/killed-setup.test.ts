import { readdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepSessions } from '../../src/app/close-session.ts';
import { processTable } from '../../src/system/process-table.ts';
import { type Laptop, openLaptop } from '../doors/laptop.ts';
import { openWorld, type World } from '../doors/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

// Some hundred setups: too long for a unit test.
const preload = `--import=${join(import.meta.dirname, '../harness/killed-at.mjs')}`;

/** Runs a verb that is killed right before it changes something on disk for the n-th time; false when it came to its end. */
async function killAt(moment: number, laptop: Laptop, words: readonly string[], more = {}): Promise<boolean> {
  const env = { ...more, KILLED_AT: `${moment}`, NODE_OPTIONS: preload };
  const { signal } = await laptop.cli([...words, '--quiet'], { env });
  return signal === 'SIGKILL';
}

/** What the next setup does first; the time that passes until then is more than a minute. */
function sweep({ temp, home }: Laptop): void {
  const now = new Date(Date.now() + 90_000);
  sweepSessions({ root: temp, user: userInfo().uid, table: processTable(), now, home });
}

function left({ home, temp, work }: Laptop): readonly string[] {
  return [home, temp, work].flatMap((path) => readdirSync(path, { recursive: true, encoding: 'utf8' }));
}

const open = () => openLaptop({ env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest } });

describe.each([
  ['private', ['--docker', 'private']],
  ['in the home', ['--docker', 'home', '--git', 'home']],
  ['in a folder of its own', ['--session', 'mine']],
])('rule 20: killed at any moment, %s,', { timeout: 120_000 }, (_where, words) => {
  test('a setup leaves nothing to the next', async () => {
    for (let moment = 1; ; moment += 1) {
      using laptop = open();
      if (!(await killAt(moment, laptop, ['setup', '--json', ...words]))) {
        expect(moment).toBeGreaterThan(30);
        break;
      }
      sweep(laptop);
      expect([moment, left(laptop)]).toEqual([moment, []]);
    }
  });

  test('a cleanup is finished by the next', async () => {
    for (let moment = 1; ; moment += 1) {
      using laptop = open();
      const { stdout } = await laptop.cli(['setup', '--json', '--quiet', ...words]);
      const { environment: env } = JSON.parse(stdout);
      const isKilled = await killAt(moment, laptop, ['cleanup'], env);
      await laptop.cli(['cleanup'], { env });
      sweep(laptop);
      expect([moment, left(laptop)]).toEqual([moment, []]);
      if (!isKilled) break;
    }
  });
});
