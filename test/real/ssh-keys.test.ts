import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import type { GitOnlySignIn } from '../../src/core/session/grant.ts';
import { readSshKey } from '../../src/core/ssh-key.ts';
import { type Job, startJob } from '../git/job.ts';
import { type SshServer, startSshServer } from './ssh-server.ts';

/** Key 1 opens acme/tool, key 2 all of lab but only to read, key 3 acme/own, for the user of the machine. */
let server: SshServer;
let root: string;
let job: Job;
const https = 'https://git.example.com';

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ssh-repositories-'));
  for (const name of ['acme/tool', 'acme/own', 'lab/stats']) bareRepository(name);
  server = await startSshServer(root, [
    { repositories: ['acme/tool'] },
    { repositories: ['lab/stats'], access: 'read' },
    { repositories: ['acme/own', 'lab/stats'] },
  ]);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});
beforeEach(() => {
  job = startJob();
  delete job.env.GIT_SSH_COMMAND;
});
afterEach(() => job[Symbol.dispose]());

function bareRepository(name: string): void {
  const folder = join(root, `${name}.git`);
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', folder]);
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8' }).trim();
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const tree = git('hash-object', '-t', 'tree', '/dev/null');
  git('write-tree');
  const commit = git(...author, 'commit-tree', tree, '-m', name);
  git('update-ref', 'refs/heads/main', commit);
}

function key(number: number, knownHosts = server.knownHosts): GitOnlySignIn {
  const read = readSshKey(new Secret(server.keys[number - 1] ?? ''));
  if (!(read instanceof Secret)) throw new Error(read.message);
  return {
    kind: 'ssh-key',
    key: read,
    knownHosts,
    server: { user: server.user, host: '127.0.0.1', port: server.port },
  };
}

/** Two deploy keys of one host. */
async function setUp(knownHosts?: string, git: 'private' | 'home' = 'private'): Promise<void> {
  const ssh = [{ user: server.user, host: '127.0.0.1', port: server.port }];
  const options = {
    samples: [
      { name: 'tool', provider: 'git', url: `${https}/acme/tool`, ssh },
      { name: 'lab', provider: 'git', url: `${https}/lab`, ssh, access: 'read' },
    ],
    repositories: [`${https}/acme/tool`, `${https}/acme/tool.git`, `${https}/lab/stats`],
    gitOnly: { tool: key(1, knownHosts), lab: key(2, knownHosts) },
  } as const;
  await job.setUp(options, { git });
}

/** The user's own key, as a file. */
function ownKey(): string {
  const file = join(job.home, 'id');
  writeFileSync(file, server.keys[2] ?? '', { mode: 0o600 });
  writeFileSync(join(job.home, 'known'), server.knownHosts);
  return `ssh -F none -i ${file} -o IdentitiesOnly=yes -o UserKnownHostsFile=${join(job.home, 'known')}`;
}

const reaches = { code: 0, output: expect.stringContaining('refs/heads/main') };
const address = (path: string) => `ssh://${server.user}@127.0.0.1:${server.port}/${path}`;

describe('deploy keys', () => {
  test('each repository is reached with its own key, in every spelling', async () => {
    await setUp();
    const before = server.log().length;
    for (const url of [
      `${https}/acme/tool`,
      `${https}/acme/tool.git`,
      'git@git.example.com:acme/tool.git',
      'ssh://git@git.example.com/acme/tool',
      address('acme/tool.git'),
      `${https}/lab/stats.git`,
      'git@git.example.com:lab/stats',
    ]) {
      expect([url, await job.git(['ls-remote', url])]).toEqual([url, reaches]);
    }
    expect(server.log().slice(before)).toEqual([
      ...Array(5).fill('1 git-upload-pack acme/tool'),
      ...Array(2).fill('2 git-upload-pack lab/stats'),
    ]);
  });

  test('clone, push, and a submodule with another key, from within another repository', async () => {
    await setUp();
    expect(await job.git(['init', '-q', 'outer'])).toMatchObject({ code: 0 });
    const cwd = join(job.root, 'outer');
    expect(await job.git(['clone', '-q', `${https}/acme/tool`], { cwd })).toEqual({
      code: 0,
      output: '',
    });
    const tool = join(cwd, 'tool');
    expect(
      await job.git(['submodule', '--quiet', 'add', `../../lab/stats.git`], { cwd: tool }),
    ).toMatchObject({ code: 0 });
    expect(await job.git(['commit', '-qm', 'Add stats'], { cwd: tool })).toMatchObject({ code: 0 });
    expect(
      await job.git(['push', '-q', 'origin', 'HEAD:refs/heads/with-stats'], { cwd: tool }),
    ).toMatchObject({ code: 0 });
    const again = ['clone', '-q', '--recurse-submodules', '-b', 'with-stats', `${https}/acme/tool`, 'again'];
    expect(await job.git(again)).toEqual({ code: 0, output: '' });
    expect(existsSync(join(job.root, 'again/stats/.git'))).toBe(true);
    expect(await job.git(['remote', 'get-url', 'origin'], { cwd: tool })).toMatchObject({
      output: `${address('acme/tool')}\n`,
    });
  });

  test('a repository that no key covers is asked for as if there were no session', async () => {
    await setUp();
    const url = address('acme/own.git');
    expect((await job.git(['ls-remote', url])).code).not.toBe(0);
    const GIT_SSH_COMMAND = ownKey();
    expect(await job.git(['ls-remote', url], { env: { GIT_SSH_COMMAND } })).toEqual(reaches);
    job.configure(`[core]\nsshCommand = "${GIT_SSH_COMMAND}"\n`);
    expect(await job.git(['ls-remote', url])).toEqual(reaches);
    expect(server.log().at(-1)).toBe('3 git-upload-pack acme/own');
  });

  test("the user's GIT_SSH_COMMAND serves what is not covered, ours the rest", async () => {
    job.env.GIT_SSH_COMMAND = ownKey();
    await setUp();
    expect(await job.git(['ls-remote', address('acme/own.git')])).toEqual(reaches);
    expect(await job.git(['ls-remote', `${https}/acme/tool`])).toEqual(reaches);
    expect(server.log().slice(-2)).toEqual(['3 git-upload-pack acme/own', '1 git-upload-pack acme/tool']);
  });

  test('programs that know nothing but the gitconfig of the user use them too, with git: home', async () => {
    job.configure(`[core]\nsshCommand = "${ownKey()}"\n`);
    await setUp(undefined, 'home');
    const bare = (url: string) =>
      job.run('env', ['-i', `PATH=${process.env.PATH}`, `HOME=${job.home}`, 'git', 'ls-remote', url]);
    expect(await bare(`${https}/acme/tool`)).toEqual(reaches);
    expect(await bare(address('acme/own.git'))).toEqual(reaches);
    expect(server.log().slice(-2)).toEqual(['1 git-upload-pack acme/tool', '3 git-upload-pack acme/own']);
  });

  test('pushes of a key that may only read go with the key of the user', async () => {
    job.env.GIT_SSH_COMMAND = ownKey();
    await setUp();
    expect(await job.git(['clone', '-q', address('lab/stats.git')])).toMatchObject({ code: 0 });
    const cwd = join(job.root, 'stats');
    expect(await job.git(['push', '-q', 'origin', 'HEAD:refs/heads/mine'], { cwd })).toMatchObject({
      code: 0,
    });
    expect(server.log().slice(-2)).toEqual(['2 git-upload-pack lab/stats', '3 git-receive-pack lab/stats']);
  });
});

describe('rule 32: ssh', () => {
  test('goes to no server but the one whose key is known', async () => {
    const [name] = server.knownHosts.split(' ');
    await setUp(`${name} ${execFileSync('ssh-keygen', ['-y', '-f', writtenKey()], { encoding: 'utf8' })}`);
    const { code, output } = await job.git(['ls-remote', `${https}/acme/tool`]);
    expect(code).not.toBe(0);
    expect(output).toContain('Host key verification failed');
    const before = server.log().length;
    await setUp('');
    expect((await job.git(['ls-remote', `${https}/acme/tool`])).output).toContain(
      'Host key verification failed',
    );
    expect(server.log()).toHaveLength(before);
  });

  test("does not look into the user's known hosts, nor write there", async () => {
    mkdirSync(join(job.home, '.ssh'));
    writeFileSync(join(job.home, '.ssh/known_hosts'), server.knownHosts);
    await setUp('');
    expect((await job.git(['ls-remote', `${https}/acme/tool`])).output).toContain(
      'Host key verification failed',
    );
    await setUp();
    expect(await job.git(['ls-remote', `${https}/acme/tool`])).toEqual(reaches);
    expect(execFileSync('ls', [join(job.home, '.ssh')], { encoding: 'utf8' })).toBe('known_hosts\n');
  });

  test('asks no agent', async () => {
    await using agent = await startAgent(writtenKey());
    const env = { SSH_AUTH_SOCK: agent.socket };
    const ssh = [{ user: server.user, host: '127.0.0.1', port: server.port }];
    const url = `${https}/acme/own`;
    const sample = { name: 'wrong', provider: 'git', url, ssh } as const;
    await job.setUp({ samples: [sample], repositories: [url], gitOnly: { wrong: key(1) } });
    // The agent's key would open it, the session's does not.
    const { output } = await job.git(['ls-remote', url], { env });
    expect(output).toContain('Repository not found');
    expect(server.log().at(-1)).toBe('1 git-upload-pack acme/own');
  });
});

function writtenKey(): string {
  const file = join(job.home, 'third');
  writeFileSync(file, server.keys[2] ?? '', { mode: 0o600 });
  return file;
}

async function startAgent(file: string): Promise<AsyncDisposable & { readonly socket: string }> {
  const socket = join(job.root, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  // The socket is there a moment before somebody listens.
  const env = { ...process.env, SSH_AUTH_SOCK: socket };
  while (spawnSync('ssh-add', ['-q', file], { env, stdio: 'ignore' }).status !== 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    socket,
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => agent.once('exit', resolve));
      agent.kill();
      await ended;
    },
  };
}
