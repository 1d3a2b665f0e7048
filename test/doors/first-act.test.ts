import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { root } from '../conventions/sources.ts';
import { startJob } from '../harness/runner.ts';
import { action } from './built.ts';
import { openLaptop } from './laptop.ts';
import { openWorld, type World } from './world.ts';

/** Sends SIGUSR1, which makes node listen for a debugger unless the program takes the signal, once that is so. */
function signalWhen(isSo: () => boolean, after: NodeJS.Signals): (child: ChildProcess) => void {
  return async (child) => {
    while (!isSo()) await wait(10);
    child.kill('SIGUSR1');
    await wait(200);
    child.kill(after);
  };
}

const asked = (world: World, path: string) => () =>
  world.forge.traffic.requests.some((request) => `${request.method} ${request.path}`.includes(path));

describe("rule 22: SIGUSR1 opens no inspector, so nobody reads a door's memory", () => {
  test('of the action, main and post', async () => {
    await using world = await openWorld();
    await using job = await startJob({ env: world.secrets });
    world.forge.traffic.fail('/access_tokens', 'hang');
    const started = signalWhen(asked(world, '/access_tokens'), 'SIGTERM');
    const main = await job.uses(action, { manifest: world.manifest }, { started });
    expect([main.code, main.stderr]).toEqual([1, '']);
    await job.uses(action, { manifest: world.manifest });
    world.forge.traffic.fail('DELETE', { status: 500 });
    world.forge.traffic.latencyMs = 500;
    const [post] = await job.finish({ started: signalWhen(asked(world, 'DELETE'), 'SIGTERM') });
    expect(post).toMatchObject({ code: 0, stderr: '' });
  });

  test('of the command line', async () => {
    await using world = await openWorld();
    using laptop = openLaptop({ env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest } });
    world.forge.traffic.fail('/access_tokens', 'hang');
    const started = signalWhen(asked(world, '/access_tokens'), 'SIGTERM');
    const { code, stderr } = await laptop.cli(['setup', '--json'], { started });
    expect([code, stderr]).toEqual([130, expect.stringMatching(/^error: Interrupted/)]);
  });

  test.each(['main', 'post', 'check', 'cli'])('it is the first act of %s', (door) => {
    const [first] = readFileSync(join(root, `src/${door}.ts`), 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('//'));
    expect(first).toBe("process.on('SIGUSR1', () => {});");
  });
});
