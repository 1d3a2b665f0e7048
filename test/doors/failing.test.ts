import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findSecrets } from '../harness/leaks.ts';
import { type Overhearing, overhear } from '../harness/overhearing.ts';
import { startJob } from '../harness/runner.ts';
import { action } from './built.ts';
import { openLaptop } from './laptop.ts';
import { type Machine, type Trouble, waysToFail } from './ways-to-fail.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let ears: Overhearing;
beforeEach(async () => {
  world = await openWorld();
  ears = overhear();
});
afterEach(async () => {
  ears[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

/** Secrets of the world, of the trouble, and everything that was sent to sign in. */
function canaries({ env = {} }: Trouble): readonly string[] {
  const sent = world.forge.traffic.requests.map(({ header }) => header.split(' ')[1] ?? '');
  const own = Object.entries(env).flatMap(([name, value]) => (name in world.secrets ? [value] : []));
  const all = [...world.canaries(), ...sent, ...own, 'canary-literal/+"3"', 'canary-workflow-token'];
  // The first and last line of a key are in every handbook.
  return all.map((text) => text.replace(/-----.*-----/g, '').trim()).filter((text) => text.length >= 8);
}

/** Files of the user that were there before, and may stay. */
const before = ['.docker', 'config.json'];

/** What is left on a machine, below its home and temp folder. */
function left({ home, temp }: Machine): readonly string[] {
  return [home, temp].flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(
          (name) => !before.includes(name.split('/').at(-1) ?? ''),
        )
      : [],
  );
}

/** Follows a process, and sends it the signal of the trouble once the forge is asked to mint. */
function follow({ signal, when = () => true }: Trouble): (child: ChildProcess) => void {
  return (child) => {
    if (child.pid !== undefined) ears.watch(child.pid);
    if (signal === undefined) return;
    const mints = () => world.forge.traffic.requests.filter(({ path }) => path.endsWith('/access_tokens'));
    const earlier = mints().length;
    const timer = setInterval(() => {
      if (mints().length === earlier || !when()) return;
      clearInterval(timer);
      child.kill(signal);
    }, 20);
  };
}

/** Docker asks a helper for what it has, so that one is heard too. */
function helperIn(home: string): void {
  mkdirSync(join(home, '.docker'));
  writeFileSync(join(home, '.docker/config.json'), '{ "credsStore": "overheard" }\n');
}

const names = Object.keys(waysToFail);

test('there are more than twenty ways', () => {
  expect(names.length).toBeGreaterThan(20);
});

/** Makes the way to fail ready on a machine. */
function meet(name: string, machine: Machine): Trouble {
  const trouble = waysToFail[name]?.(world, machine);
  if (trouble === undefined) throw new Error(`there is no way ${name}`);
  if (!existsSync(join(machine.home, '.docker'))) helperIn(machine.home);
  return trouble;
}

async function expectNothing(machine: Machine, met: Trouble, texts: Record<string, string>): Promise<void> {
  expect(await findSecrets({ ...texts, heard: ears.heard() }, canaries(met))).toEqual([]);
  expect(await findSecrets(machine.folder, canaries(met))).toEqual([]);
  expect([left(machine), world.alive()]).toEqual([[], 0]);
}

async function failAsAction(name: string): Promise<void> {
  const env: Record<string, string> = { ...world.secrets };
  const where = { serverUrl: world.forge.url, repository: 'acme/pipeline' };
  await using job = await startJob({ ...where, token: 'canary-workflow-token', env });
  const machine = { folder: job.folder, home: job.home, temp: join(job.folder, 'temp') };
  mkdirSync(machine.temp);
  const met = meet(name, machine);
  Object.assign(env, { RUNNER_TEMP: machine.temp, ...met.env });
  const inputs = { manifest: met.manifest ?? world.manifest, ...met.inputs };
  const options = { env: { PATH: ears.path }, started: follow(met), node: met.node };
  const step = await job.uses(action, inputs, options);
  expect(step.shown.join('\n')).toMatch(met.says);
  expect(step.code).toBe(1);
  const [post] = await job.finish();
  expect(post).toMatchObject({ code: 0, stdout: '', stderr: '' });
  const { raw, stderr, summary, outputs, state, env: exported } = step;
  const values = JSON.stringify({ outputs, state, exported });
  await expectNothing(machine, met, { log: raw.join('\n'), stderr, summary, values });
}

async function failAsCommand(name: string): Promise<void> {
  using laptop = openLaptop({ env: world.secrets });
  const met = meet(name, laptop);
  const flags = Object.entries(met.inputs ?? {}).flatMap(([flag, value]) => [`--${flag}`, value]);
  const env = { PIPELINE_CREDENTIALS: met.manifest ?? world.manifest, PATH: ears.path, ...met.env };
  const { code, stdout, stderr } = await laptop.run(
    [met.node ?? laptop.node, laptop.script, 'setup', '--json', '--verbose', ...flags],
    { env, started: follow(met) },
  );
  expect(stderr).toMatch(met.says);
  expect(met.signal === undefined ? [1, 2] : [130]).toContain(code);
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, error: { message: expect.any(String) } });
  await expectNothing(laptop, met, { stdout, stderr });
}

test.each(names)('%s: setup fails, shows no secret and leaves nothing', async (name) => {
  await failAsAction(name);
  await failAsCommand(name);
});
