import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findSecrets } from '../harness/leaks.ts';
import { type Laptop, openLaptop } from './laptop.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let laptop: Laptop;
beforeEach(async () => {
  world = await openWorld();
  laptop = openLaptop({ env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest } });
});
afterEach(async () => {
  laptop[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

const sessions = () => readdirSync(laptop.temp);

describe('ten setups at once with one HOME', () => {
  const numbers = Array.from({ length: 10 }, (_none, index) => index);

  test('are ten sessions, each with its own credential, and each cleanup takes its own', async () => {
    const repository = `${world.forge.url}/globex/reference`;
    for (const number of numbers)
      world.forge.addToken({ token: `canary-number-${number}-token`, owners: ['globex'] });
    const envs = await Promise.all(
      numbers.map(async (number) => {
        const env = { GLOBEX_TOKEN: `canary-number-${number}-token` };
        const { stdout } = await laptop.cli(['setup', '--json'], { env });
        return JSON.parse(stdout).environment as Record<string, string>;
      }),
    );
    expect(new Set(envs.map(({ PIPELINE_CREDENTIALS_SESSION: folder }) => folder)).size).toBe(10);
    const passwords = async (which: readonly Record<string, string>[]) =>
      Promise.all(
        which.map(async (env) => {
          const fill = await laptop.run(['git', 'credential', 'fill'], {
            env,
            input: `url=${repository}\n\n`,
          });
          return /^password=(.*)$/m.exec(fill.stdout)?.[1];
        }),
      );
    expect(await passwords(envs)).toEqual(numbers.map((number) => `canary-number-${number}-token`));
    const [first, ...others] = envs;
    expect((await laptop.cli(['cleanup'], { env: first ?? {} })).code).toBe(0);
    expect(await passwords(others)).toEqual(
      numbers.slice(1).map((number) => `canary-number-${number}-token`),
    );
    await Promise.all(others.map((env) => laptop.cli(['cleanup'], { env })));
    expect([laptop.left(), world.alive()]).toEqual([[], 0]);
  });

  test("one of them gets docker's own file, the others are told, and it is as it was in the end", async () => {
    const ended = await Promise.all(
      numbers.map(() => laptop.cli(['setup', '--docker', 'home', '--json', '--quiet'])),
    );
    const [winner, ...more] = ended.filter(({ code }) => code === 0);
    expect(more).toEqual([]);
    const told = ended.filter(
      ({ code, stderr }) => code === 2 && stderr.includes('Another job has signed in'),
    );
    expect(told).toHaveLength(9);
    expect(sessions()).toHaveLength(1);
    const { environment: env } = JSON.parse(winner?.stdout ?? '');
    expect((await laptop.cli(['cleanup'], { env })).code).toBe(0);
    expect([laptop.left(), world.alive()]).toEqual([[], 0]);
  });
});

describe('rule 20: a setup killed by SIGKILL', () => {
  /** Another setup and its cleanup; whatever is left then stays. */
  async function nextSetup(): Promise<void> {
    const { code } = await laptop.cli(['exec', '--quiet', '--', 'true']);
    expect(code).toBe(0);
  }

  /** Starts a setup and kills it as soon as that is so. */
  async function kill(when: () => boolean, words: readonly string[] = [], env = {}): Promise<void> {
    const { signal } = await laptop.cli(['setup', '--json', ...words], {
      env,
      started: (child) => void poll(child, when),
    });
    expect(signal).toBe('SIGKILL');
    expect(sessions()).not.toEqual([]);
  }

  function poll(child: ChildProcess, when: () => boolean): void {
    const timer = setInterval(() => {
      if (!when()) return;
      clearInterval(timer);
      child.kill('SIGKILL');
    }, 2);
  }

  const asked = (path: string) => world.forge.traffic.requests.some((request) => request.path.endsWith(path));

  test.each(['/installation', '/access_tokens'])('while %s is asked for', async (path) => {
    world.forge.traffic.fail(path, 'hang');
    await kill(() => asked(path));
    expect(await findSecrets(laptop.folder, world.canaries())).toEqual([]);
    await nextSetup();
    expect([laptop.left(), world.alive()]).toEqual([[], 0]);
  });

  test.each(['private', 'home'])('while it waits for other programs, docker: %s', async (docker) => {
    const bin = join(laptop.folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'git'), '#!/bin/sh\nsleep 1\n');
    chmodSync(join(bin, 'git'), 0o755);
    const PATH = [bin, laptop.env.PATH].join(delimiter);
    await kill(() => world.alive() > 0, ['--docker', docker], { PATH });
    rmSync(bin, { recursive: true });
    expect(await findSecrets(laptop.folder, world.canaries())).toEqual([]);
    await nextSetup();
    expect(laptop.left()).toEqual([]);
  });

  test('in the folder of its own choice', async () => {
    world.forge.traffic.fail('/access_tokens', 'hang');
    await kill(() => asked('/access_tokens'), ['--session', join(laptop.work, 'mine')]);
    await nextSetup();
    expect(laptop.left()).toEqual([]);
  });

  test('with the worker that it was made for: the session, and the tokens it minted', async () => {
    const worker = join(laptop.folder, 'Runner.Worker');
    writeFileSync(worker, `#!/bin/sh\n'${laptop.node}' '${laptop.script}' setup --json\nsleep 60\n`);
    chmodSync(worker, 0o755);
    const child = spawn(worker, {
      env: { ...laptop.env },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    await once(child.stdout, 'data');
    await nextSetup();
    expect([sessions().length, world.alive()]).toEqual([1, 1]);
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'exit');
    await nextSetup();
    expect([laptop.left(), world.alive()]).toEqual([[], 0]);
  });
});
