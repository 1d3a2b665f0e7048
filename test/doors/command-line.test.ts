import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodes } from '../nodes.ts';
import { type Laptop, openLaptop } from './laptop.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let laptop: Laptop;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(() => {
  laptop[Symbol.dispose]();
  world.forge.state.minted.clear();
});

function open(node: string): void {
  laptop = openLaptop({ node, env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest } });
}

describe.each(nodes)('on %s', (node) => {
  beforeEach(() => open(node));
  const cli = (...words: string[]) => laptop.cli(words);

  test('setup prints JSON with everything a program needs, and no secret', async () => {
    const { code, stdout, stderr } = await cli('setup', '--format', 'json');
    expect([code, stderr.split('\n')[0]]).toEqual([0, expect.stringContaining('acme-app')]);
    const said = JSON.parse(stdout);
    const folder = said.session;
    expect(folder).toMatch(new RegExp(`^${laptop.temp}/pipeline-credentials-[0-9a-f]{32}$`));
    const { url } = world.forge;
    const instant = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(said).toEqual({
      version: 1,
      session: folder,
      environment: {
        APPTAINER_AUTH_FILE: `${folder}/containers/auth.json`,
        CARGO_NET_GIT_FETCH_WITH_CLI: 'true',
        DOCKER_CONFIG: `${folder}/docker`,
        GCM_INTERACTIVE: 'never',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'include.path',
        GIT_CONFIG_PARAMETERS: `'include.path=${folder}/gitconfig'`,
        GIT_CONFIG_VALUE_0: `${folder}/gitconfig`,
        GIT_TERMINAL_PROMPT: '0',
        NXF_SCM_FILE: `${folder}/secret/nextflow-scm`,
        PIPELINE_CREDENTIALS_SESSION: folder,
        REGISTRY_AUTH_FILE: `${folder}/containers/auth.json`,
      },
      selection: [
        { target: `${url}/acme/rnaseq`, credential: 'acme-app', 'expires-at': instant },
        { target: `${url}/globex/reference`, credential: 'globex', 'expires-at': '3000-01-01T00:00:00Z' },
        { target: `${url}/globex/deep`, credential: 'globex', 'expires-at': '3000-01-01T00:00:00Z' },
        { target: `${world.registry.host}/team/tools`, credential: 'team', 'expires-at': null },
      ],
      'expires-at': instant,
    });
    const env = said.environment;
    const clone = ['git', 'clone', '-q', '--recurse-submodules', `${url}/acme/rnaseq`] as const;
    expect(await laptop.run([...clone], { env })).toMatchObject({ code: 0, stderr: '' });
    expect(await laptop.cli(['cleanup'], { env })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'Signed out: the session is removed.\n',
    });
    expect(readdirSync(laptop.temp)).toEqual([]);
    expect(world.alive()).toBe(0);
  });

  test('cleanup twice is as good as once, and so is one without a setup', async () => {
    const nothing = { code: 0, stdout: '', stderr: 'There is no session to remove.\n' };
    expect(await cli('cleanup')).toMatchObject(nothing);
    const { environment: env } = JSON.parse((await cli('setup', '--json')).stdout);
    const words = ['cleanup', '--json'];
    expect(JSON.parse((await laptop.cli(words, { env })).stdout)).toEqual({
      version: 1,
      removed: [env.PIPELINE_CREDENTIALS_SESSION],
      restore: {
        ...Object.fromEntries(Object.keys(env).map((name) => [name, null])),
        GIT_TERMINAL_PROMPT: '0',
      },
    });
    expect(JSON.parse((await laptop.cli(words, { env })).stdout)).toEqual({
      version: 1,
      removed: [],
      restore: {},
    });
    expect(await laptop.cli(['cleanup'], { env })).toMatchObject(nothing);
  });

  test('--format dotenv is lines of NAME=value', async () => {
    const { code, stdout } = await cli('setup', '--format', 'dotenv', '--quiet');
    expect(code).toBe(0);
    const env = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    const words = ['git', 'ls-remote', `${world.forge.url}/globex/deep`] as const;
    expect((await laptop.run([...words], { env })).code).toBe(0);
    expect((await laptop.cli(['cleanup'], { env })).code).toBe(0);
  });

  test('exec runs a command signed in, and cleans up', async () => {
    const read = `git ls-remote -q ${world.forge.url}/acme/rnaseq HEAD && ls "$PIPELINE_CREDENTIALS_SESSION" | wc -l`;
    const { code, stdout } = await cli('exec', '--', 'sh', '-c', read);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/\tHEAD\n\s*\d+\n$/)]);
    expect(laptop.left()).toEqual([]);
    expect(world.alive()).toBe(0);
  });

  test('schema is the one in the repository', async () => {
    const { readFileSync } = await import('node:fs');
    expect((await cli('schema')).stdout).toBe(readFileSync('schema/manifest.schema.json', 'utf8'));
  });
});

describe('setup', () => {
  beforeEach(() => open(process.execPath));

  test('outside a CI it says what to eval, and does nothing', async () => {
    expect(await laptop.cli(['setup'])).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr:
        'error: Only your shell can set variables for what follows.\nhint: Run: eval "$(pipeline-credentials setup --format sh)", with the flags of before.\n',
    });
    expect(laptop.left()).toEqual([]);
  });

  test('--session makes the folder that is named, and only where there is none', async () => {
    const folder = join(laptop.work, 'mine');
    const made = await laptop.cli(['setup', '--session', 'mine', '--json']);
    expect([made.code, JSON.parse(made.stdout).session]).toEqual([0, folder]);
    expect(readdirSync(laptop.temp)).toHaveLength(1);
    const again = await laptop.cli(['setup', '--session', 'mine', '--json']);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining(`exists already: ${folder}`) });
    expect(readdirSync(laptop.temp)).toHaveLength(1);
    expect((await laptop.cli(['cleanup', '--session', 'mine'])).code).toBe(0);
    expect(laptop.left()).toEqual([]);
    expect(world.alive()).toBe(0);
  });

  test('what cannot be printed is not left signed in', async () => {
    const env = { GIT_CONFIG_PARAMETERS: "'user.name=a\nb'" };
    const { code, stderr } = await laptop.cli(['setup', '--format', 'dotenv'], { env });
    expect([code, stderr]).toEqual([2, expect.stringContaining('GIT_CONFIG_PARAMETERS cannot be written')]);
    expect(laptop.left()).toEqual([]);
    expect(world.alive()).toBe(0);
  });

  test.skipIf(!existsSync('/dev/full')).each([
    ['a full disk', '>/dev/full'],
    ['nobody who reads', '| true'],
  ])('nor is what %s below standard output loses', async (_what, where) => {
    const line = `'${laptop.node}' '${laptop.script}' setup --quiet --format sh ${where}`;
    const { stderr } = await laptop.run(['sh', '-c', line]);
    expect(stderr).toContain('error: Nobody reads what was to be printed');
    expect(laptop.left()).toEqual([]);
    expect(world.alive()).toBe(0);
  });

  test('whoever stops reading gets no stack trace', async () => {
    const { code, stderr } = await laptop.run([
      'sh',
      '-c',
      `'${laptop.node}' '${laptop.script}' schema | true`,
    ]);
    expect([code, stderr]).toEqual([0, '']);
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk below standard output is an error', async () => {
    const line = `'${laptop.node}' '${laptop.script}' schema >/dev/full`;
    const { code, stderr } = await laptop.run(['sh', '-c', line]);
    expect([code, stderr]).toEqual([1, 'error: What belongs on standard output could not be written.\n']);
  });

  test('an older Node is told, before anything else happens', async () => {
    const older = "Object.defineProperty(process.versions, 'node', { value: '18.20.4' })";
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(older)}` };
    expect(await laptop.cli(['schema'], { env })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error: Node 18.20.4 is too old.\nhint: Use Node 20 or newer.\n',
    });
  });

  test('cleanup tells of a session that no shell has read', async () => {
    const { session } = JSON.parse((await laptop.cli(['setup', '--json'])).stdout);
    const { code, stderr } = await laptop.cli(['cleanup']);
    const none = 'There is no session to remove in this shell; --session removes another: ';
    expect([code, stderr]).toEqual([0, `${none}${session}.\n`]);
    expect((await laptop.cli(['cleanup', '--session', session])).code).toBe(0);
    expect(laptop.left()).toEqual([]);
  });

  test('--required false without a manifest says so and succeeds', async () => {
    const env = { PIPELINE_CREDENTIALS: undefined };
    const { code, stdout, stderr } = await laptop.cli(['setup', '--required', 'false', '--format', 'sh'], {
      env,
    });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toBe('There is no manifest. Nothing is signed in, since --required is false.\n');
  });

  test('a manifest comes from files, standard input, a path or base64 in the variable', async () => {
    const file = join(laptop.work, 'team.yml');
    writeFileSync(file, world.manifest);
    const target = `${world.forge.url}/acme/rnaseq`;
    const explain = async (words: readonly string[], variable?: string, input?: string) => {
      const running = { env: { PIPELINE_CREDENTIALS: variable }, ...(input === undefined ? {} : { input }) };
      return (await laptop.cli(['explain', '--json', ...words, target], running)).stdout;
    };
    const all = await Promise.all([
      explain([], world.manifest),
      explain(['--manifest', 'team.yml']),
      explain(['--manifest', '-'], undefined, world.manifest),
      explain([], file),
      explain([], Buffer.from(world.manifest).toString('base64')),
    ]);
    expect(JSON.parse(all[0] ?? '').targets[0].selected).toBe('acme-app');
    expect(new Set(all).size).toBe(1);
  });
});
