import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBareRepository } from '../../src/demo/forge/bare-repository.ts';
import { checkManifest } from '../app/check/checking.ts';
import { type SshServer, startSshServer } from './ssh-server.ts';

/** Key 1 opens acme/tool, key 2 nothing. */
let server: SshServer;
let root: string;
let sha: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ssh-check-'));
  sha = await createBareRepository(join(root, 'acme/tool.git'), {
    commits: [{ a: 'b' }],
    branches: {},
    tags: [],
    submodules: [],
  });
  server = await startSshServer(root, [{ repositories: ['acme/tool'] }, { repositories: ['other'] }]);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

async function checked(
  key: string,
  { target = 'https://git.example.com/acme/tool', port = server.port, more = '' } = {},
) {
  const yaml = `version: 1
credentials:
  - { name: deploy, provider: git, url: 'https://git.example.com', ssh: ['${server.user}@127.0.0.1:${port}'],
      ssh-key: { env: KEY }, known-hosts: { env: HOSTS } }
repositories: [{ url: '${target}'${more} }]
`;
  const temp = mkdtempSync(join(tmpdir(), 'ssh-check-temp-'));
  const known = server.knownHosts.replace(`:${server.port}`, `:${port}`);
  const { credentials, targets, said } = await checkManifest(yaml, {
    env: { KEY: key, HOSTS: known, PATH: process.env.PATH ?? '' },
    job: { temporaryFolder: temp },
  });
  const left = readdirSync(temp);
  rmSync(temp, { recursive: true });
  return { credential: credentials[0], found: targets[0], said, left };
}

test('a key that opens a repository is proved by git, and leaves nothing', async () => {
  const { credential, found, left } = await checked(server.keys[0] ?? '');
  expect(found).toMatchObject({ status: 'ok', revision: { name: 'main', sha }, proof: 'credential' });
  expect(credential).toMatchObject({ status: 'ok', kind: 'ssh-key' });
  expect(left).toEqual([]);
});

test('a revision that is not there is told with the nearest', async () => {
  const { found } = await checked(server.keys[0] ?? '', { more: ', revision: mian' });
  expect(found).toMatchObject({
    status: 'no-such-revision',
    message: 'there is no branch, tag or commit mian; there is main',
  });
});

test('pushing cannot be asked by ssh, and that is said', async () => {
  const { found } = await checked(server.keys[0] ?? '', { more: ', access: write' });
  expect(found).toMatchObject({ status: 'ok', message: expect.stringContaining('cannot be asked by ssh') });
});

test.each([
  ['a key that does not open it', 1, {}, 'not-found', 'ok'],
  ['a server that is not there', 0, { port: 1 }, 'unreachable', 'unknown'],
])('%s', async (_what, index, options, target, credential) => {
  const result = await checked(server.keys[index] ?? '', options);
  expect([result.found?.status, result.credential?.status]).toEqual([
    target,
    credential === 'ok' ? 'unknown' : credential,
  ]);
  expect(result.left).toEqual([]);
});

test('rule 32: a server with another key is not spoken to', async () => {
  const real = server.knownHosts;
  const other = real.replace(
    /AAAA\S+/,
    'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  );
  Object.assign(server, { knownHosts: other });
  const { found } = await checked(server.keys[0] ?? '');
  Object.assign(server, { knownHosts: real });
  expect(found).toMatchObject({
    status: 'denied',
    message: expect.stringContaining('another key than the one that is known'),
  });
});

test('no key is ever shown', async () => {
  const { credential, found, said } = await checked(server.keys[1] ?? '');
  const body = (server.keys[1] ?? '').split('\n')[2] ?? 'nothing';
  expect(JSON.stringify([credential, found, said])).not.toContain(body);
});
