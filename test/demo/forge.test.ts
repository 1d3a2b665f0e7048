import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';

const run = promisify(execFile);
let forge: Forge;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forge-test-'));
  forge = await startForge({
    repositories: [
      { name: 'lab/stats', files: { 'stats.R': 'mean(1)\n' } },
      {
        name: 'acme/rnaseq',
        files: { 'main.nf': 'workflow {}\n' },
        commits: [{ 'nextflow.config': '\n' }],
        branches: { dev: { 'dev.nf': '\n' } },
        tags: ['v1.0'],
        submodules: [{ path: 'modules/stats', repository: 'lab/stats' }],
      },
      { name: 'acme/public', private: false },
      { name: 'lab/deep/down/variants' },
    ],
    tokens: [
      { token: 'canary-both', owners: ['acme', 'lab'] },
      { token: 'canary-read', repositories: ['acme/rnaseq'], access: 'read' },
      { token: 'canary-deep', owners: ['lab/deep'] },
      { token: 'canary-lab', owners: ['lab'], username: 'robot' },
      { token: 'canary-no-contents', owners: ['acme'], access: 'none' },
    ],
  });
});
afterAll(async () => {
  await forge.close();
  await rm(folder, { recursive: true, force: true });
});

/** git as a user without any configuration; what it printed on both streams. */
async function git(...args: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const { stdout, stderr } = await run('git', [...author, ...args], { cwd: folder, env });
  return stdout + stderr;
}

/** Options that answer git's question for a user name and password. */
function withToken(token: string, username = 'x'): string[] {
  const helper = `!f() { echo username=${username}; echo password=${token}; }; f`;
  return ['-c', `credential.helper=${helper}`];
}

/** Options that send a header with every request, whether asked for or not. */
function withHeader(token: string): string[] {
  const basic = Buffer.from(`x:${token}`).toString('base64');
  return ['-c', `http.${forge.url}/.extraheader=Authorization: Basic ${basic}`];
}

describe('git', () => {
  test('clones a private repository with a submodule of another owner', async () => {
    await git(
      ...withToken('canary-both'),
      'clone',
      '-q',
      '--recurse-submodules',
      `${forge.url}/acme/rnaseq`,
      'both',
    );
    expect(await readFile(join(folder, 'both/main.nf'), 'utf8')).toBe('workflow {}\n');
    expect(await readFile(join(folder, 'both/modules/stats/stats.R'), 'utf8')).toBe('mean(1)\n');
    expect(await git('-C', 'both', 'branch', '-r')).toContain('origin/dev');
    expect(await git('-C', 'both', 'describe', '--tags')).toContain('v1.0');
  });

  test('makes the same commits each time', async () => {
    await using other = await startForge({
      repositories: [{ name: 'lab/stats', files: { 'stats.R': 'mean(1)\n' } }],
    });
    expect(other.state.repositories.get('lab/stats')?.head).toBe(
      forge.state.repositories.get('lab/stats')?.head,
    );
  });

  test('takes requests that git compresses, as it does when it wants many branches', async () => {
    const branches = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`b${index}`, { [`${index}`]: '' }]),
    );
    await forge.addRepository({ name: 'acme/branches', branches });
    await git(...withToken('canary-both'), 'clone', '-q', `${forge.url}/acme/branches`);
    expect(forge.traffic.requests.some(({ headers }) => headers['content-encoding'] === 'gzip')).toBe(true);
    expect(await git('-C', 'branches', 'branch', '-r')).toContain('origin/b39');
  });

  test('takes a push from who may write, and refuses the others with 403', async () => {
    await git(...withToken('canary-both'), 'clone', '-q', `${forge.url}/acme/rnaseq.git`, 'push');
    await writeFile(join(folder, 'push/new'), 'x'.repeat(2_000_000));
    await git('-C', 'push', 'add', '.');
    await git('-C', 'push', 'commit', '-qm', 'New');
    const refused = git(
      ...withToken('canary-read'),
      '-C',
      'push',
      'push',
      '-q',
      'origin',
      'HEAD:refs/heads/new',
    );
    await expect(refused).rejects.toThrow(/403/);
    await git(...withToken('canary-both'), '-C', 'push', 'push', '-q', 'origin', 'HEAD:refs/heads/new');
    expect(await git(...withToken('canary-read'), 'ls-remote', `${forge.url}/acme/rnaseq`)).toContain(
      'refs/heads/new',
    );
  });

  test('serves shallow and partial clones', async () => {
    const url = `${forge.url}/acme/rnaseq.git`;
    await git(...withToken('canary-both'), 'clone', '-q', '--depth', '1', url, 'shallow');
    expect(await git('-C', 'shallow', 'rev-list', '--count', 'HEAD')).toBe('1\n');
    const said = await git(
      ...withToken('canary-both'),
      'clone',
      '--no-checkout',
      '--filter=blob:none',
      url,
      'partial',
    );
    expect(said).not.toContain('filtering not recognized');
  });

  test.each([
    { name: 'nobody', args: [], repository: 'acme/rnaseq', says: /could not read Username/ },
    {
      name: 'an unknown token',
      args: ['canary-wrong'],
      repository: 'acme/rnaseq',
      says: /Authentication failed/,
    },
    { name: 'a foreign token', args: ['canary-read'], repository: 'lab/stats', says: /not found/ },
    {
      name: 'a wrong user name',
      args: ['canary-lab', 'bob'],
      repository: 'lab/stats',
      says: /Authentication failed/,
    },
    {
      name: 'a token without contents',
      args: ['canary-no-contents'],
      repository: 'acme/rnaseq',
      says: /403/,
    },
    { name: 'a token of a group below', args: ['canary-deep'], repository: 'lab/stats', says: /not found/ },
    { name: 'a repository that is not', args: ['canary-both'], repository: 'acme/none', says: /not found/ },
  ])('refuses $name as GitHub does', async ({ args: [token, username], repository, says }) => {
    const sign = token === undefined ? [] : withToken(token, username);
    await expect(git(...sign, 'ls-remote', `${forge.url}/${repository}`)).rejects.toThrow(says);
  });

  test.each([
    ['canary-lab', 'robot', 'lab/stats'],
    ['canary-deep', 'x', 'lab/deep/down/variants.git'],
    ['canary-read', 'anything', 'ACME/RNAseq.git'],
    [undefined, undefined, 'acme/public'],
  ])('lets %s as %s read %s', async (token, username, repository) => {
    const sign = token === undefined ? [] : withToken(token, username);
    expect(await git(...sign, 'ls-remote', `${forge.url}/${repository}`)).toContain('refs/heads/main');
  });

  test('refuses an unknown token even where none is needed', async () => {
    const refused = git(...withHeader('canary-wrong'), 'ls-remote', `${forge.url}/acme/public`);
    await expect(refused).rejects.toThrow(/could not read Username/);
    expect(forge.traffic.requests.at(-1)).toMatchObject({ authorization: 'basic', status: 401 });
  });

  test('asks who it is by the realm of GitHub, and answers two Authorization headers with 400', async () => {
    const response = await fetch(`${forge.url}/acme/rnaseq/info/refs?service=git-upload-pack`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="GitHub"');
    const two = [...withHeader('canary-both'), ...withHeader('canary-read')];
    await expect(git(...two, 'ls-remote', `${forge.url}/acme/rnaseq`)).rejects.toThrow(/400/);
    expect(forge.traffic.requests.at(-1)).toMatchObject({ authorization: 'several', status: 400 });
  });
});
