import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type Registry, startRegistry } from '../../src/demo/registry.ts';
import { type Job, type Outcome, startJob } from '../git/job.ts';
import { type SshServer, startSshServer } from './ssh-server.ts';

let forge: Forge;
let registry: Registry;
let ssh: SshServer;
let job: Job;

beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/app' }],
    tokens: [{ token: 'canary-acme', owners: ['acme'] }],
  });
  registry = await startRegistry({ users: [{ username: 'x-access-token', password: 'canary-team' }] });
  const { folder } = forge.state.repositories.get('acme/app') ?? expect.fail('no repository');
  ssh = await startSshServer(join(folder, '../..'), [{ repositories: ['acme/app'] }]);
});
afterAll(async () => {
  await forge.close();
  await registry.close();
  await ssh[Symbol.asyncDispose]();
});
beforeEach(() => {
  job = startJob();
  delete job.env.GIT_SSH_COMMAND;
  Object.assign(job.env, { GITHUB_ACTIONS: 'true', RUNNER_TEMP: job.root });
});
afterEach(() => job[Symbol.dispose]());

const main = { code: 0, output: expect.stringContaining('refs/heads/main') };

/** Everything a session can sign in with. */
async function setUp(): Promise<void> {
  const key = new Secret(ssh.keys[0] ?? '');
  const server = { user: ssh.user, host: '127.0.0.1', port: ssh.port };
  await job.setUp({
    samples: [
      { name: 'acme', url: `${forge.url}/acme` },
      { name: 'key', provider: 'git', url: 'https://git.example.com/acme', ssh: [server] },
      { name: 'team', provider: 'registry', registries: [registry.host] },
    ],
    gitOnly: { key: { kind: 'ssh-key', key, knownHosts: ssh.knownHosts, server } },
  });
}

/**
 * A container as the runner starts one for an action: the temp folder at another path, another HOME, the system's programs
 * but no node, nothing else of the machine. Variables whose value is a path of the temp folder are translated, others not.
 */
async function inContainer(command: string): Promise<Outcome> {
  const temp = '/github/runner_temp';
  const variables = Object.entries(job.env)
    .filter(([name]) => name !== 'PATH' && name !== 'HOME')
    .map(
      ([name, value]) =>
        `${name}=${value.startsWith(`${job.root}/`) ? value.replace(job.root, temp) : value}`,
    );
  const script = `
    set -e
    mount -t tmpfs none "$ROOT"
    for name in usr bin sbin lib lib64 etc dev proc; do
      if [ -L "/$name" ]; then cp -P "/$name" "$ROOT/"
      elif [ -d "/$name" ]; then mkdir "$ROOT/$name" && mount --rbind "/$name" "$ROOT/$name"
      fi
    done
    mkdir -p "$ROOT/github/home" "$ROOT${temp}" "$ROOT/tmp" "$ROOT/programs"
    for program in git sh ssh sed tail skopeo env; do ln -s "$(command -v "$program")" "$ROOT/programs/"; done
    mount --rbind "$TEMP" "$ROOT${temp}"
    unset ROOT TEMP
    exec chroot "$1" "$(command -v env)" -i HOME=/github/home PATH=/programs "\${@:3}" sh -c "$2"
  `;
  const root = join(job.root, 'container');
  mkdirSync(root);
  const words = ['unshare', '--mount', 'bash', '-c', script, root, root, command, ...variables];
  return await job.run(asRoot[0] ?? 'env', [
    ...asRoot.slice(1),
    'env',
    `ROOT=${root}`,
    `TEMP=${job.root}`,
    ...words,
  ]);
}

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? ['env'] : ['sudo', '--non-interactive'];

describe('a container action', () => {
  test('is signed in to git, by helpers and by ssh keys, though it has no node', async () => {
    await setUp();
    expect(await inContainer('command -v node; ls /tmp; git --version')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^git version/),
    });
  });

  test.each([
    ['https', () => `git ls-remote ${forge.url}/acme/app`],
    ['an ssh address', () => 'git ls-remote git@127.0.0.1:acme/app.git'],
    ['an ssh key', () => 'git ls-remote https://git.example.com/acme/app'],
  ])('reaches what is covered: %s', async (_, command) => {
    await setUp();
    expect(await inContainer(command())).toEqual(main);
  });

  test('is signed in to registries', async () => {
    await setUp();
    const command = `skopeo inspect --raw --tls-verify=false docker://${registry.host}/team/app:1`;
    expect(await inContainer(command)).toMatchObject({ code: 0 });
  });
});

/** Runs a program as another user of the machine, with our environment. */
function asNobody(words: readonly string[]): Promise<Outcome> {
  const switching = isRoot
    ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
    : ['sudo', '--non-interactive', '--preserve-env', '--user=nobody'];
  const [program = '', ...more] = [...switching, 'env', `HOME=/nonexistent`, ...words];
  return job.run(program, more, { cwd: '/', env: { GIT_TERMINAL_PROMPT: '0' } });
}

describe('another user id', () => {
  test('rule 18: git runs, without a credential of ours', async () => {
    // As the runner's temp folder is.
    chmodSync(job.root, 0o755);
    await setUp();
    expect(await asNobody(['git', 'version'])).toMatchObject({ code: 0 });
    expect(await asNobody(['git', 'config', '--list'])).toMatchObject({ code: 0 });
    for (const url of [`${forge.url}/acme/app`, 'https://git.example.com/acme/app']) {
      const { code, output } = await asNobody(['git', 'ls-remote', url]);
      expect([url, code]).toEqual([url, 128]);
      expect(output).toMatch(
        /could not read Username|Permission denied|Host key verification failed|No such identity/,
      );
    }
    const secrets = await asNobody([
      'sh',
      '-c',
      `cat ${job.env.PIPELINE_CREDENTIALS_SESSION}/secret/* ; find ${job.root} 2>/dev/null -readable -type f -exec cat {} +`,
    ]);
    expect(secrets.output).not.toMatch(/canary-(?:acme|team)|PRIVATE KEY/);
  });
});
