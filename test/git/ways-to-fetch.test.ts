import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type Job, startJob } from './job.ts';

let forge: Forge;
let job: Job;
beforeAll(async () => {
  forge = await startForge({
    repositories: [
      {
        name: 'acme/app',
        commits: [{ 'second.txt': '2' }, { 'third.txt': '3' }],
        branches: { next: { 'next.txt': 'n' } },
        tags: ['v1'],
      },
    ],
    tokens: [{ token: 'canary-acme', owners: ['acme'] }],
  });
  const { folder } = forge.state.repositories.get('acme/app') ?? expect.fail('no repository');
  execFileSync('git', ['-C', folder, 'config', 'uploadpack.allowFilter', 'true']);
});
afterAll(() => forge.close());
beforeEach(async () => {
  job = startJob();
  await job.setUp({ samples: [{ name: 'acme', url: `${forge.url}/acme` }] });
});
afterEach(() => job[Symbol.dispose]());

const done = { code: 0, output: '' };
const at = (name: string) => ({ cwd: join(job.root, name) });

test('shallow, and deepened later', async () => {
  expect(await job.git(['clone', '-q', '--depth', '1', `${forge.url}/acme/app`])).toEqual(done);
  expect((await job.git(['rev-list', '--count', 'HEAD'], at('app'))).output).toBe('1\n');
  expect(await job.git(['fetch', '-q', '--unshallow'], at('app'))).toEqual(done);
  expect((await job.git(['rev-list', '--count', 'HEAD'], at('app'))).output).toBe('3\n');
});

test('partial: what is missing comes when it is needed', async () => {
  const words = ['clone', '-q', '--filter=blob:none', '--no-checkout', `${forge.url}/acme/app`];
  expect(await job.git(words)).toEqual(done);
  const missing = await job.git(['rev-list', '--objects', '--missing=print', 'HEAD'], at('app'));
  expect(missing.output).toMatch(/^\?/m);
  expect(await job.git(['checkout', '-q', 'main'], at('app'))).toEqual(done);
  expect(existsSync(join(job.root, 'app/third.txt'))).toBe(true);
});

test('a single branch, a tag, a mirror, an archive of refs', async () => {
  const url = `${forge.url}/acme/app.git`;
  expect(await job.git(['clone', '-q', '-b', 'next', '--single-branch', url, 'next'])).toEqual(done);
  expect(await job.git(['-c', 'advice.detachedHead=false', 'clone', '-q', '-b', 'v1', url, 'tag'])).toEqual(
    done,
  );
  expect(await job.git(['clone', '-q', '--mirror', url, 'mirror'])).toEqual(done);
  expect(await job.git(['remote', 'update'], at('mirror'))).toMatchObject({ code: 0 });
});

test('worktrees fetch and push', async () => {
  expect(await job.git(['clone', '-q', `${forge.url}/acme/app`])).toEqual(done);
  expect(await job.git(['worktree', 'add', '-q', '-b', 'work', '../work'], at('app'))).toMatchObject({
    code: 0,
  });
  expect(await job.git(['fetch', '-q', 'origin'], at('work'))).toEqual(done);
  expect(await job.git(['commit', '-q', '--allow-empty', '-m', 'work'], at('work'))).toEqual(done);
  expect(await job.git(['push', '-q', 'origin', 'work'], at('work'))).toEqual(done);
  expect((await job.git(['ls-remote', 'origin', 'work'], at('app'))).output).toContain('refs/heads/work');
});

test('from inside another repository, and by its folder', async () => {
  expect(await job.git(['init', '-q', 'outer'])).toEqual(done);
  expect(await job.git(['clone', '-q', `${forge.url}/acme/app`, 'inner'], at('outer'))).toEqual(done);
  expect(await job.git(['-C', join(job.root, 'outer/inner'), 'pull', '-q'])).toEqual(done);
  const gitDir = join(job.root, 'outer/inner/.git');
  expect(await job.git(['--git-dir', gitDir, 'fetch', '-q'], { cwd: '/' })).toEqual(done);
});

test('several remotes at once, and in parallel', async () => {
  expect(await job.git(['clone', '-q', `${forge.url}/acme/app`])).toEqual(done);
  expect(await job.git(['remote', 'add', 'again', `git@127.0.0.1:acme/app.git`], at('app'))).toEqual(done);
  expect(await job.git(['fetch', '-q', '--all', '--jobs=4'], at('app'))).toEqual(done);
});
