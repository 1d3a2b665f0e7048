import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { app } from '../core/selection/samples.ts';
import { type Job, startJob } from './job.ts';

let forge: Forge;
let job: Job;

beforeAll(async () => {
  forge = await startForge({
    repositories: [
      { name: 'lab/stats' },
      { name: 'lab/deep', submodules: [{ path: 'stats', repository: 'lab/stats' }] },
      {
        name: 'acme/app',
        submodules: [
          { path: 'deep', repository: 'lab/deep' },
          { path: 'by-ssh', repository: 'lab/stats', url: 'git@127.0.0.1:lab/stats.git' },
          { path: 'relative', repository: 'acme/part', url: '../part' },
        ],
      },
      { name: 'acme/part' },
      { name: 'acme/own' },
      { name: 'acme/unlisted' },
      { name: 'other/tool' },
    ].toSorted((a, b) => (a.submodules?.length ?? 0) - (b.submodules?.length ?? 0)),
    tokens: [
      { token: 'canary-acme', owners: ['acme'] },
      { token: 'canary-lab', owners: ['lab'] },
      { token: 'canary-own', repositories: ['acme/own'] },
      { token: 'canary-other', owners: ['other'] },
      { token: 'canary-acme-app', repositories: ['acme/app'] },
      { token: 'canary-job-token', repositories: ['acme/own'] },
    ],
  });
});
afterAll(() => forge.close());
beforeEach(() => {
  job = startJob();
});
afterEach(() => job[Symbol.dispose]());

const main = { code: 0, output: expect.stringContaining('refs/heads/main') };
const byKey = { code: 128, output: expect.stringContaining('used ssh') };

const organisations = () => ['acme', 'lab'].map((name) => ({ name, url: `${forge.url}/${name}` }));
const read = (url: string, cwd?: string) => job.git(['ls-remote', url], cwd === undefined ? {} : { cwd });

/** A checkout as actions/checkout leaves it: its token in a header for the whole host. */
async function checkout(token: string): Promise<string> {
  const cwd = join(job.root, 'workspace');
  await job.git(['init', '-q', cwd]);
  await job.git(['config', `http.${forge.url}/.extraheader`, `AUTHORIZATION: ${basic(token)}`], { cwd });
  return cwd;
}

function basic(token: string): string {
  return `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
}

/** What the forge was last sent for a path. */
function lastHeader(path: string): string | undefined {
  return (
    forge.traffic.requests.filter((request) => request.path.startsWith(path)).at(-1)?.header ?? undefined
  );
}

/** Two helpers that answer with nonsense, as an old setup may have left them. */
function wrongHelpers(): void {
  const wrong = '!f() { echo username=x; echo password=canary-wrong; }; f';
  job.configure(`[credential]\n\thelper = "${wrong}"\n[credential "${forge.url}"]\n\thelper = "${wrong}"\n`);
}

/** Every way in which people and tools write `acme/app` for ssh. */
function sshForms(path: string): readonly string[] {
  return [
    `git@127.0.0.1:${path}.git`,
    `git@127.0.0.1:/${path}.git`,
    `127.0.0.1:${path}.git`,
    `ssh://127.0.0.1/${path}.git`,
    `ssh://git@127.0.0.1/${path}.git`,
    `ssh://git@127.0.0.1:22/${path}.git`,
    `git+ssh://git@127.0.0.1/${path}.git`,
    `ssh+git://git@127.0.0.1/${path}.git`,
  ];
}

describe.each(['outside any work tree', 'in a checkout with a header for the host'])('%s', (where) => {
  let cwd: string | undefined;
  beforeEach(async () => {
    cwd = where.startsWith('in') ? await checkout('canary-own') : undefined;
    wrongHelpers();
  });

  test('what a credential covers is read in every spelling', async () => {
    await job.setUp({ samples: organisations() });
    const https = [`${forge.url}/acme/app`, `${forge.url}/acme/app.git`, `${forge.url}/acme/app/`];
    for (const url of [...https, ...sshForms('acme/app')])
      expect([url, await read(url, cwd)]).toEqual([url, main]);
  });

  test('submodules of two organisations come along, nested, by ssh and relative', async () => {
    await job.setUp({ samples: organisations() });
    const words = ['clone', '-q', '--recurse-submodules', `${forge.url}/acme/app`, join(job.root, 'app')];
    expect(await job.git(words, cwd === undefined ? {} : { cwd })).toEqual({ code: 0, output: '' });
    const { output } = await job.git(['submodule', 'status', '--recursive'], { cwd: join(job.root, 'app') });
    expect(output.trim().split('\n')).toHaveLength(4);
    expect(output).not.toMatch(/^-/m);
  });

  test.each(['GIT_CONFIG_PARAMETERS', 'GIT_CONFIG_COUNT'])('without %s all is the same', async (name) => {
    await job.setUp({ samples: organisations() });
    delete job.env[name];
    const words = [
      'clone',
      '-q',
      '--recurse-submodules',
      'git@127.0.0.1:acme/app.git',
      join(job.root, 'app'),
    ];
    expect(await job.git(words, cwd === undefined ? {} : { cwd })).toEqual({ code: 0, output: '' });
  });
});

describe('an organisation that no credential covers', () => {
  test('keeps its helper', async () => {
    const helper = '!f() { echo username=x; echo password=canary-other; }; f';
    job.configure(`[credential "${forge.url}"]\n\thelper = "${helper}"\n`);
    await job.setUp({ samples: organisations() });
    expect(await read(`${forge.url}/other/tool`)).toEqual(main);
  });

  test('keeps the header of its checkout', async () => {
    const cwd = await checkout('canary-other');
    await job.setUp({ samples: organisations() });
    expect(await read(`${forge.url}/other/tool`, cwd)).toEqual(main);
  });

  test('keeps its ssh key', async () => {
    await job.setUp({ samples: organisations() });
    for (const url of sshForms('other/tool')) expect([url, await read(url)]).toEqual([url, byKey]);
  });

  test("keeps the user's own rewriting", async () => {
    job.configure(`[url "git@127.0.0.1:"]\n\tinsteadOf = ${forge.url}/\n`);
    await job.setUp({ samples: organisations() });
    expect(await read(`${forge.url}/other/tool`)).toEqual(byKey);
  });

  test('gets nothing of ours', async () => {
    await job.setUp({ samples: organisations() });
    const { output } = await job.git(['credential', 'fill'], { input: `url=${forge.url}/other/tool\n\n` });
    expect(output).toContain('could not read Username');
  });
});

describe("the user's own, shorter rewriting changes nothing", () => {
  test.each([
    ['to ssh', (url: string) => `[url "git@127.0.0.1:"]\n\tinsteadOf = ${url}/\n`],
    [
      'to https with a token',
      (url: string) =>
        `[url "${url.replace('://', '://x:canary-wrong@')}/"]\n\tinsteadOf = git@127.0.0.1:\n\tinsteadOf = ${url}/\n`,
    ],
  ])('%s', async (_what, rule) => {
    job.configure(rule(forge.url));
    const limited = { name: 'acme-app', url: `${forge.url}/acme`, signIn: app('listed') };
    await job.setUp({
      samples: [...organisations().slice(1), limited],
      repositories: [`${forge.url}/acme/app`, `${forge.url}/lab/stats`],
    });
    for (const url of [
      `${forge.url}/acme/app`,
      `${forge.url}/acme/app.git`,
      'git@127.0.0.1:acme/app',
      'git@127.0.0.1:lab/stats.git',
      `${forge.url}/lab/stats`,
    ]) {
      expect([url, await read(url)]).toEqual([url, main]);
    }
  });

  test('for pushes either', async () => {
    job.configure(`[url "git@127.0.0.1:"]\n\tpushInsteadOf = ${forge.url}/\n`);
    await job.setUp({ samples: organisations() });
    await job.git(['clone', '-q', `${forge.url}/lab/stats`]);
    const push = ['push', '-q', 'origin', 'HEAD:refs/heads/pushed'];
    expect(await job.git(push, { cwd: join(job.root, 'stats') })).toEqual({ code: 0, output: '' });
  });

  test('an equally long one wins in git, and is told', async () => {
    job.configure(`[url "git@127.0.0.1:acme/"]\n\tinsteadOf = ${forge.url}/acme/\n`);
    const { warnings } = await job.setUp({ samples: organisations() });
    expect(warnings).toEqual([
      `your git configuration has a rule of its own (insteadOf) for ${forge.url}/acme/, which wins: remove it.`,
    ]);
  });
});

describe('beside an App whose token is for some repositories', () => {
  const limited = () => ({ name: 'acme-app', url: `${forge.url}/acme`, signIn: app('listed') });

  test("the job's own repository still fetches", async () => {
    const cwd = await checkout('canary-own');
    await job.setUp({ samples: [limited()], repositories: [`${forge.url}/acme/app`] });
    expect(await read(`${forge.url}/acme/own`, cwd)).toEqual(main);
    expect(await read(`${forge.url}/acme/app`, cwd)).toEqual(main);
  });

  test("and beside a token for the whole organisation by the job's own", async () => {
    const samples = [{ name: 'acme', url: `${forge.url}/acme` }];
    await job.setUp({ samples, repositories: [`${forge.url}/acme/app`], own: `${forge.url}/acme/own` });
    const fill = async (path: string) =>
      (await job.git(['credential', 'fill'], { input: `url=${forge.url}/${path}\n\n` })).output;
    expect(await fill('acme/own')).toContain('password=canary-job-token');
    expect(await fill('acme/own.git')).toContain('password=canary-job-token');
    expect(await fill('acme/app')).toContain('password=canary-acme\n');
  });

  test("nobody above it: the job's own token is asked for last", async () => {
    const cwd = await checkout('canary-own');
    await job.setUp({
      samples: [limited()],
      repositories: [`${forge.url}/acme/app`],
      own: `${forge.url}/acme/own`,
    });
    expect(await read(`${forge.url}/acme/own`, cwd)).toEqual(main);
    expect(lastHeader(`/acme/own`)).toMatch(new RegExp(basic('canary-own'), 'i'));
    expect(await read(`${forge.url}/acme/own`)).toEqual(main);
    expect(lastHeader(`/acme/own`)).toMatch(new RegExp(basic('canary-job-token'), 'i'));
    expect(await read('git@127.0.0.1:acme/own')).toEqual(byKey);
  });

  test('rule 11: a repository whose name begins alike keeps its ssh key', async () => {
    const expired = { name: 'evil', url: `${forge.url}/acme/app-evil`, expires: new Date(0) };
    await job.setUp({ samples: [limited(), expired], repositories: [`${forge.url}/acme/app`] });
    expect(await read('git@127.0.0.1:acme/app')).toEqual(main);
    for (const url of sshForms('acme/app-evil')) expect([url, await read(url)]).toEqual([url, byKey]);
    expect(await read('git@127.0.0.1:acme/app-evil')).toEqual(byKey);
  });

  test('rule 11: an organisation whose name begins alike is another one', async () => {
    await job.setUp({ samples: organisations() });
    for (const url of sshForms('acme-evil/app')) expect([url, await read(url)]).toEqual([url, byKey]);
    const { output } = await job.git(['credential', 'fill'], { input: `url=${forge.url}/acme-evil/app\n\n` });
    expect(output).toContain('could not read Username');
  });
});

describe('a credential that may only read', () => {
  const reader = () => ({ name: 'acme', url: `${forge.url}/acme`, access: 'read' as const });

  test("leaves pushes over ssh to the user's key", async () => {
    await job.setUp({ samples: [reader()] });
    await job.git(['clone', '-q', 'git@127.0.0.1:acme/part.git']);
    const cwd = join(job.root, 'part');
    expect(await job.git(['push', 'origin', 'HEAD:refs/heads/x'], { cwd })).toEqual(byKey);
    expect((await job.git(['fetch', '-q', 'origin'], { cwd })).code).toBe(0);
  });

  test('one that may write takes them', async () => {
    await job.setUp({ samples: organisations() });
    await job.git(['clone', '-q', 'git@127.0.0.1:acme/part.git']);
    const push = ['push', '-q', 'origin', 'HEAD:refs/heads/y'];
    expect(await job.git(push, { cwd: join(job.root, 'part') })).toEqual({ code: 0, output: '' });
  });
});

test('a target whose credential has expired is anonymous, and its ssh address stays with the key', async () => {
  const samples = [
    ...organisations(),
    { name: 'old', url: `${forge.url}/acme/unlisted`, expires: new Date(0) },
  ];
  await job.setUp({ samples, repositories: [`${forge.url}/acme/app`, `${forge.url}/acme/unlisted`] });
  expect(await read(`${forge.url}/acme/app`)).toEqual(main);
  expect((await read(`${forge.url}/acme/unlisted`)).output).toContain('could not read Username');
  expect(await read('git@127.0.0.1:acme/unlisted.git')).toEqual(byKey);
});

test('a second setup of the job writes both, the most specific last', async () => {
  await job.setUp({ samples: [{ name: 'acme-app', url: `${forge.url}/acme/app` }] });
  await job.setUp({ samples: [{ name: 'acme', url: `${forge.url}/acme` }] });
  const fill = async (path: string) =>
    (await job.git(['credential', 'fill'], { input: `url=${forge.url}/${path}\n\n` })).output;
  expect(await fill('acme/app')).toContain('canary-acme-app');
  expect(await fill('acme/part')).toContain('password=canary-acme\n');
  expect(job.env.GIT_CONFIG_COUNT).toBe('1');
  const { restore, removed } = await job.cleanUp();
  expect(removed).toHaveLength(2);
  expect(restore.GIT_CONFIG_COUNT).toBeNull();
  expect(job.env.GIT_CONFIG_PARAMETERS).toBeUndefined();
});
