import type { ChildProcess } from 'node:child_process';
import { expect, test } from 'vitest';
import { startJob } from '../harness/runner.ts';
import { action } from './built.ts';
import { openLaptop } from './laptop.ts';
import { openWorld } from './world.ts';

const line = /^127\.0\.0\.1:\d+ has not answered for 5 seconds; still waiting\.$/m;

/** Stops a program once it has told that it waits. */
function stopWhenTold(child: ChildProcess): void {
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      if (line.test(String(text))) child.kill('SIGTERM');
    });
  }
}

test.concurrent('a setup that waits for a silent host says so, on the command line', async () => {
  await using world = await openWorld();
  using laptop = openLaptop({ env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest } });
  world.forge.traffic.fail('/access_tokens', 'hang');
  const { code, stderr } = await laptop.cli(['setup', '--json'], { started: stopWhenTold });
  expect([code, stderr]).toEqual([130, expect.stringMatching(line)]);
});

test.concurrent('and as an action', async () => {
  await using world = await openWorld();
  await using job = await startJob({ env: world.secrets });
  world.forge.traffic.fail('/access_tokens', 'hang');
  const { code, stdout } = await job.uses(action, { manifest: world.manifest }, { started: stopWhenTold });
  expect([code, stdout]).toEqual([1, expect.stringMatching(line)]);
});
