import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodes } from '../nodes.ts';
import { type Laptop, openLaptop } from './laptop.ts';
import { openWorld, type World } from './world.ts';

/** What other programs rely on: shapes and exit codes, on every node that the command line runs on. */
describe.each(nodes)('on %s', (node) => {
  let laptop: Laptop;
  beforeEach(() => {
    laptop = openLaptop({ node });
  });
  afterEach(() => laptop[Symbol.dispose]());

  const manifest = `version: 1
credentials:
  - { name: acme-app, provider: github, url: 'https://github.com/acme', token: { env: A }, expires: never }
  - { name: anywhere, provider: github, token: { env: B }, expires: never }
  - { name: old, provider: github, url: 'https://github.com/old', token: { env: C }, expires: 2020-01-01 }
  - { name: lab, provider: gitlab, url: 'https://gitlab.example.com', token: { env: D }, expires: never }
repositories: ['https://github.com/acme/rnaseq']
`;
  async function json(words: readonly string[], text = manifest) {
    const { code, stdout, stderr } = await laptop.cli([...words, '--json', '--manifest', '-'], {
      input: text,
    });
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    return { code, said: JSON.parse(stdout), stderr };
  }

  test('explain', async () => {
    const { code, said, stderr } = await json(['explain', 'git@github.com:Acme/rnaseq.git']);
    expect([code, stderr]).toEqual([0, '']);
    expect(said).toEqual({
      version: 1,
      targets: [
        {
          target: 'https://github.com/Acme/rnaseq',
          given: 'git@github.com:Acme/rnaseq.git',
          kind: 'repository',
          provider: 'github',
          selected: 'acme-app',
          reason: 'https://github.com/acme is the longest that covers the target',
          candidates: [
            { name: 'acme-app', verdict: 'selected', reason: expect.any(String) },
            { name: 'anywhere', verdict: 'less-specific', reason: expect.any(String) },
            { name: 'old', verdict: 'other-path', reason: expect.any(String) },
            { name: 'lab', verdict: 'other-provider', reason: expect.any(String) },
          ],
          omitted: 0,
        },
      ],
    });
  });

  test.each([
    ['https://bitbucket.org/acme/site', 0, { selected: null, provider: 'bitbucket' }],
    ['https://github.com/old/thing', 0, { selected: null }],
    [
      'https://github.com/a/b/../c',
      2,
      { problem: { code: expect.any(String), message: expect.any(String), hint: expect.any(String) } },
    ],
  ])('explain %s ends with %i', async (target, expected, entry) => {
    const { code, said } = await json(['explain', target, 'https://github.com/acme/rnaseq']);
    expect([code, said.targets]).toMatchObject([expected, [entry, { selected: 'acme-app' }]]);
  });

  test('lint', async () => {
    const { code, said, stderr } = await json(
      ['lint'],
      manifest.replace(/.*name: (?:anywhere|lab).*\n/g, ''),
    );
    expect([code, stderr]).toEqual([0, '']);
    const place = {
      severity: 'warning',
      path: 'credentials[1]',
      line: 4,
      column: 5,
      hint: expect.any(String),
    };
    expect(said).toEqual({
      version: 1,
      valid: true,
      problems: [
        { ...place, code: 'credential-expired', message: 'old ended at 2020-01-02T00:00Z.' },
        { ...place, code: 'credential-unused', message: 'old serves none of the targets.' },
      ],
    });
    const wrong = await json(['lint'], manifest.replace('version: 1', 'version: 2'));
    expect(wrong).toMatchObject({ code: 2, said: { version: 1, valid: false } });
  });

  test('errors', async () => {
    const { code, said, stderr } = await json(
      ['explain'],
      manifest.replace('provider: gitlab', 'provider: gitlap'),
    );
    expect(code).toBe(2);
    const { message, hint, problems } = said.error;
    expect(said).toEqual({
      version: 1,
      error: {
        code: 'manifest-invalid',
        message: 'The manifest has an error.',
        hint: expect.any(String),
        problems: [
          {
            severity: 'error',
            code: expect.any(String),
            path: 'credentials[3].provider',
            line: 6,
            column: 28,
            message: expect.any(String),
            hint: expect.stringContaining('gitlab'),
          },
        ],
      },
    });
    expect(stderr.split('\n')).toEqual([
      `6:28 credentials[3].provider: ${problems[0].message}`,
      `  hint: ${problems[0].hint}`,
      `error: ${message}`,
      `hint: ${hint}`,
      '',
    ]);
  });

  test.each<[readonly string[], number, string]>([
    [['--help'], 0, ''],
    [[], 0, ''],
    [['setup', '--help'], 0, ''],
    [['sing-in'], 2, 'error: The first word is not a verb.'],
    [['setpu'], 2, 'error: That is not a verb.'],
    [['setup', '--repositoris', 'x'], 2, 'error: --repositoris is not a flag of this verb.'],
    [['setup', '--format', 'xml'], 2, 'error: --format has an unknown value.'],
    [['setup', '--format'], 2, 'error: --format needs a value.'],
    [['lint', 'canary.yml'], 2, 'error: lint takes flags only, and there is a word that is none.'],
    [['explain', 'x'], 2, 'error: There is no manifest.'],
    [['token'], 2, 'error: There is no manifest.'],
    [['lint', '--manifest', '/nowhere/m.yml'], 2, 'error: The manifest file /nowhere/m.yml does not exist.'],
    [['cleanup', '--session', '/nowhere'], 0, 'There is no session to remove.'],
  ])('%j ends with %i', async (words, expected, first) => {
    const { code, stdout, stderr } = await laptop.cli(words);
    expect([code, stderr.split('\n')[0]]).toEqual([expected, first]);
    expect(stderr).not.toMatch(/^\s+at |node:internal/m);
    if (expected === 2) expect(stderr).toMatch(/^hint: ./m);
    expect(stdout === '').toBe(first !== '');
    expect(laptop.left()).toEqual([]);
  });
});

describe('token', () => {
  let world: World;
  let laptop: Laptop;
  beforeAll(async () => {
    world = await openWorld();
    laptop = openLaptop({ env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest } });
  });
  afterAll(async () => {
    laptop[Symbol.dispose]();
    await world[Symbol.asyncDispose]();
  });

  test('prints what serves a target, in the form that is asked for', async () => {
    const target = `${world.forge.url}/globex/deep`;
    const { GLOBEX_TOKEN: password = '' } = world.secrets;
    const basic = Buffer.from(`x-access-token:${password}`).toString('base64');
    const print = async (...words: string[]) => (await laptop.cli(['token', target, ...words])).stdout;
    expect(await print()).toBe(`${password}\n`);
    expect(await print('--as', 'basic')).toBe(`${basic}\n`);
    expect(await print('--as', 'header')).toBe(`Authorization: Basic ${basic}\n`);
    expect(JSON.parse(await print('--as', 'json'))).toEqual({
      version: 1,
      username: 'x-access-token',
      password,
    });
  });

  test('mints one for the target alone, or takes that of the living session', async () => {
    const words = ['token', `${world.forge.url}/acme/stats`];
    const { stdout } = await laptop.cli(words);
    const minted = world.forge.state.minted.get(stdout.trim());
    expect([minted?.permissions, minted?.repositories?.map(({ name }) => name)]).toEqual([
      { contents: 'read', metadata: 'read' },
      ['stats'],
    ]);
    const { environment: env } = JSON.parse((await laptop.cli(['setup', '--json'])).stdout);
    const before = world.forge.state.minted.size;
    const { stdout: again } = await laptop.cli(['token', `${world.forge.url}/acme/rnaseq`], { env });
    expect([world.forge.state.minted.has(again.trim()), world.forge.state.minted.size]).toEqual([
      true,
      before,
    ]);
    await laptop.cli(['cleanup'], { env });
  });

  test('of what nobody covers there is none', async () => {
    const { code, stdout, stderr } = await laptop.cli(['token', `${world.forge.url}/initech/payroll`]);
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      expect.stringMatching(/^error: .*has no credential.*\nhint: /),
    ]);
  });

  test.each(['NODE_TLS_REJECT_UNAUTHORIZED=0', 'NODE_DEBUG=http', 'GIT_SSL_NO_VERIFY=1'])(
    'rules 14 and 23 hold for it as well: %s is refused',
    async (setting) => {
      const [name = '', value = ''] = setting.split('=');
      const words = ['token', `${world.forge.url}/acme/rnaseq`];
      const { code, stdout, stderr } = await laptop.cli(words, { env: { [name]: value } });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`${name} is not safe for a job with secrets`);
    },
  );
});
