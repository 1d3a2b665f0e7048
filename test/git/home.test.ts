import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type Job, startJob } from './job.ts';

let forge: Forge;
let job: Job;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/app' }],
    tokens: [{ token: 'canary-acme', owners: ['acme'] }],
  });
});
afterAll(() => forge.close());
beforeEach(() => {
  job = startJob();
});
afterEach(() => job[Symbol.dispose]());

const setUp = () => job.setUp({ samples: [{ name: 'acme', url: `${forge.url}/acme` }] }, { git: 'home' });
const file = () => join(job.home, '.gitconfig');
const lock = () => `${file()}.pipeline-credentials`;

/** git as a tool that passes nothing on but HOME. */
async function bareGit(...words: readonly string[]): Promise<string> {
  const env = [`PATH=${process.env.PATH}`, `HOME=${job.home}`, 'GIT_TERMINAL_PROMPT=0'];
  return (await job.run('env', ['-i', ...env, 'git', ...words])).output;
}

describe('git: home', () => {
  test('signs in programs that know nothing but HOME, and goes to the byte', async () => {
    job.configure('[user]\n\tname = Ada');
    const { warnings } = await setUp();
    expect(warnings).toEqual([expect.stringContaining('every git of this user')]);
    expect(await bareGit('ls-remote', `${forge.url}/acme/app`)).toContain('refs/heads/main');
    expect(readFileSync(file(), 'utf8')).not.toContain('canary');
    expect(statSync(lock()).mode & 0o777).toBe(0o600);
    await job.cleanUp();
    expect(readFileSync(file(), 'utf8')).toBe('[user]\n\tname = Ada');
    expect(existsSync(lock())).toBe(false);
    expect(await bareGit('ls-remote', `${forge.url}/acme/app`)).toContain('could not read Username');
  });

  test('a file that was not there is gone again; its mode and a link stay', async () => {
    await setUp();
    await job.cleanUp();
    expect(existsSync(file())).toBe(false);
    writeFileSync(join(job.home, 'dotfile'), '[user]\n', { mode: 0o640 });
    symlinkSync('dotfile', file());
    await setUp();
    await job.cleanUp();
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(statSync(file()).mode & 0o777).toBe(0o640);
    expect(readFileSync(file(), 'utf8')).toBe('[user]\n');
  });

  test('a file in another encoding keeps every byte', async () => {
    const bytes = Buffer.from('[user]\n\tname = Jos\u00e9\n', 'latin1');
    writeFileSync(file(), bytes);
    await setUp();
    await bareGit('config', '--global', 'safe.directory', '/src');
    await bareGit('config', '--global', '--unset', 'safe.directory');
    expect(readFileSync(file()).includes(bytes)).toBe(true);
    await job.cleanUp();
    expect(readFileSync(file()).includes(bytes)).toBe(true);
  });

  test('rule 19: a file that resists keeps no secret in the session, and no later setup from its work', async () => {
    const { handle } = await setUp();
    rmSync(file());
    mkdirSync(file());
    await job.cleanUp();
    expect(existsSync(handle.folder)).toBe(false);
    expect(existsSync(lock())).toBe(true);
    await job.setUp({ samples: [{ name: 'acme', url: `${forge.url}/acme` }] });
    rmSync(file(), { recursive: true });
    await job.setUp({ samples: [{ name: 'acme', url: `${forge.url}/acme` }] });
    expect(existsSync(lock())).toBe(false);
  });

  test('rule 24: what cannot be read is not changed, and nothing is left', async () => {
    mkdirSync(file());
    await expect(setUp()).rejects.toMatchObject({ code: 'refused' });
    expect(readdirSync(job.home)).toEqual(['.gitconfig']);
  });

  test('what cannot be written is told, also when it keeps us from undoing it', async () => {
    mkdirSync(`${file()}.lock`);
    await expect(setUp()).rejects.toMatchObject({
      code: 'session-failed',
      message: expect.stringContaining(`${file()} cannot be changed`),
    });
  });

  test('what a step writes with --global meanwhile stays', async () => {
    await setUp();
    await bareGit('config', '--global', 'safe.directory', '/src');
    await job.cleanUp();
    expect(readFileSync(file(), 'utf8')).toBe('[safe]\n\tdirectory = /src\n');
  });

  test('writers beside us lose nothing', async () => {
    await setUp();
    const writers = Array.from({ length: 10 }, (_, index) =>
      job.run('sh', ['-c', `until git config --global a.k${index} v 2>/dev/null; do :; done`]),
    );
    await Promise.all([...writers, job.cleanUp()]);
    const set = await bareGit('config', '--global', '--get-regexp', '^a\\.');
    expect(set.split('\n').filter(Boolean)).toHaveLength(10);
    expect(readFileSync(file(), 'utf8')).not.toContain('pipeline-credentials');
  });

  test('rule 24: a second job is refused while the first lives, and told what to use instead', async () => {
    await setUp();
    const other = setUp();
    await expect(other).rejects.toMatchObject({
      code: 'refused',
      hint: expect.stringContaining('git: private'),
    });
    await job.cleanUp();
    await setUp();
    expect(await bareGit('ls-remote', `${forge.url}/acme/app`)).toContain('refs/heads/main');
  });

  test('without HOME it is refused', async () => {
    delete job.env.HOME;
    await expect(setUp()).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('HOME'),
    });
  });
});
