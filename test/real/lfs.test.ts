import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { app } from '../core/selection/samples.ts';
import { type Job, startJob } from '../git/job.ts';

const files = { '.gitattributes': '*.bam filter=lfs diff=lfs merge=lfs -text\n' };
const content = 'reads'.repeat(1000);
let forge: Forge;
let job: Job;

beforeAll(async () => {
  forge = await startForge({
    repositories: ['acme/data', 'acme/other', 'lab/data'].map((name) => ({ name, files })),
    tokens: [
      { token: 'canary-acme', owners: ['acme'] },
      { token: 'canary-acme-app', repositories: ['acme/data'] },
      { token: 'canary-lab', owners: ['lab'] },
      { token: 'canary-own', repositories: ['acme/other'] },
    ],
  });
});
afterAll(() => forge.close());
beforeEach(() => {
  job = startJob();
  const filter = ['clean', 'smudge'].map((name) => `\t${name} = git-lfs ${name} -- %f\n`).join('');
  job.configure(`[filter "lfs"]\n${filter}\trequired = true\n`);
});
afterEach(() => job[Symbol.dispose]());

const done = expect.objectContaining({ code: 0 });

/** Pushes a large file, then clones it anew. */
async function roundTrip(url: string, cwd = job.root): Promise<string> {
  const name = `${Math.random()}`;
  const [first, second] = [join(job.root, `first-${name}`), join(job.root, `second-${name}`)];
  expect(await job.git(['clone', '-q', url, first], { cwd })).toEqual(done);
  writeFileSync(join(first, 'sample.bam'), content + name);
  for (const words of [
    ['add', '.'],
    ['commit', '-q', '-m', name],
    ['lfs', 'push', 'origin', 'HEAD'],
    ['push', '-q', 'origin', 'HEAD'],
  ]) {
    expect([words, await job.git(words, { cwd: first })]).toEqual([words, done]);
  }
  expect(await job.git(['clone', '-q', url, second], { cwd })).toEqual(done);
  expect(readFileSync(join(second, 'sample.bam'), 'utf8')).toBe(content + name);
  return second;
}

test.each(['', '.git'])(
  'large files of two organisations go both ways, remote written with %j',
  async (end) => {
    await job.setUp({ samples: ['acme', 'lab'].map((name) => ({ name, url: `${forge.url}/${name}` })) });
    for (const path of ['acme/data', 'lab/data']) await roundTrip(`${forge.url}/${path}${end}`);
  },
);

test('by a token for one repository, below a header for the host, and nothing stays in the clone', async () => {
  const workspace = join(job.root, 'workspace');
  await job.git(['init', '-q', workspace]);
  const basic = Buffer.from('x:canary-own').toString('base64');
  await job.git(['config', `http.${forge.url}/.extraheader`, `AUTHORIZATION: basic ${basic}`], {
    cwd: workspace,
  });
  const limited = { name: 'acme-app', url: `${forge.url}/acme`, signIn: app('listed') };
  await job.setUp({ samples: [limited], repositories: [`${forge.url}/acme/data write`] });
  const clone = await roundTrip(`${forge.url}/acme/data`, workspace);
  const config = readFileSync(join(clone, '.git/config'), 'utf8');
  expect(config).not.toMatch(/access|canary/);
  expect(existsSync(join(clone, 'sample.bam'))).toBe(true);
});

test('by an ssh address', async () => {
  await job.setUp({ samples: [{ name: 'acme', url: `${forge.url}/acme` }] });
  await roundTrip('git@127.0.0.1:acme/data.git');
});

test('an organisation without a credential of ours keeps its helper', async () => {
  const helper = '!f() { echo username=x; echo password=canary-lab; }; f';
  job.configure(`[credential]\n\thelper = "${helper}"\n`);
  await job.setUp({ samples: [{ name: 'acme', url: `${forge.url}/acme` }] });
  await roundTrip(`${forge.url}/lab/data`);
});
