import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type Job, startJob } from './job.ts';

let forge: Forge;
let job: Job;
beforeAll(async () => {
  forge = await startForge({
    repositories: ['acme/app', 'acme/own', 'lab/stats'].map((name) => ({ name })),
    tokens: [
      { token: 'canary-acme', repositories: ['acme/app'] },
      { token: 'canary-lab', owners: ['lab'] },
      { token: 'canary-job-token', repositories: ['acme/own'] },
    ],
  });
});
afterAll(() => forge.close());
beforeEach(() => {
  job = startJob();
});
afterEach(() => job[Symbol.dispose]());

const workspace = () => join(job.root, 'workspace');
const main = { code: 0, output: expect.stringContaining('refs/heads/main') };

/** The header with the workflow's token, as each version of actions/checkout keeps it with `persist-credentials`. */
const persisted = {
  /** In the repository's own configuration. */
  'v4 and v5': async (header: string) => {
    await job.git(['config', `http.${forge.url}/.extraheader`, header], { cwd: workspace() });
  },
  /** In a file of the runner's temp folder, which the repository's configuration includes for its git folder. */
  'v6 and v7': async (header: string) => {
    const file = join(job.root, 'git-credentials.config');
    writeFileSync(file, `[http "${forge.url}/"]\n\textraheader = ${header}\n`);
    const folder = `${workspace()}/.git`;
    for (const path of [folder, `${folder}/worktrees/*`, `${folder}/modules/**`]) {
      await job.git(['config', `includeIf.gitdir:${path}.path`, file], { cwd: workspace() });
    }
  },
  'persist-credentials: false': async () => {},
} as const;

async function checkout(version: keyof typeof persisted): Promise<void> {
  const encoded = Buffer.from('x-access-token:canary-job-token').toString('base64');
  const header = `AUTHORIZATION: basic ${encoded}`;
  mkdirSync(workspace());
  await job.git(['init', '-q'], { cwd: workspace() });
  await job.git(['remote', 'add', 'origin', `${forge.url}/acme/own`], { cwd: workspace() });
  const own = ['-c', `http.${forge.url}/.extraheader=${header}`];
  expect(await job.git([...own, 'fetch', '-q', 'origin', 'main'], { cwd: workspace() })).toMatchObject({
    code: 0,
  });
  await job.git(['checkout', '-q', 'FETCH_HEAD'], { cwd: workspace() });
  await persisted[version](header);
}

const setUp = () =>
  job.setUp({
    samples: ['acme', 'lab'].map((name) => ({ name, url: `${forge.url}/${name}` })),
    own: `${forge.url}/acme/own`,
  });

describe.each(Object.keys(persisted) as (keyof typeof persisted)[])('actions/checkout, %s', (version) => {
  test.each(['before', 'after'])('%s setup', async (order) => {
    if (order === 'before') await checkout(version);
    await setUp();
    if (order === 'after') await checkout(version);
    const cwd = workspace();
    expect(await job.git(['fetch', '-q', 'origin'], { cwd })).toEqual({ code: 0, output: '' });
    for (const path of ['acme/own', 'acme/app', 'lab/stats']) {
      for (const url of [`${forge.url}/${path}`, `git@127.0.0.1:${path}.git`]) {
        expect([url, await job.git(['ls-remote', url], { cwd })]).toEqual([url, main]);
      }
    }
    const submodule = ['submodule', '--quiet', 'add', `${forge.url}/lab/stats.git`];
    expect(await job.git(submodule, { cwd })).toEqual({ code: 0, output: '' });
    expect(await job.git(['fetch', '-q'], { cwd: join(cwd, 'stats') })).toEqual({ code: 0, output: '' });
    rmSync(join(cwd, 'stats'), { recursive: true });
    expect(await job.git(['submodule', '--quiet', 'update', '--init'], { cwd })).toEqual({
      code: 0,
      output: '',
    });
  });
});
