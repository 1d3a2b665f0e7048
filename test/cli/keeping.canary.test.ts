import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type Folder, makeFolder } from '../app/keeping/folder.ts';
import { first, manager, rotationScene } from '../app/keeping/rotate-scene.ts';
import type { FakeGitlab } from '../fakes/gitlab.ts';
import { findSecrets } from '../harness/leaks.ts';
import { runLine } from './run-line.ts';

const token = 'canary-good-0123456789';
const newer = 'canary-newer-0123456789';
const wrong = 'canary-wrong-0123456789';
const storeToken = 'canary-store-token';
const literal = 'canary-in-the-manifest';
const typed = 'canary_typed_as_an_argument';
let forge: Forge;
let gitlab: FakeGitlab;
let keys: readonly string[];
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }, { name: 'acme/pipeline' }],
    tokens: [
      { token, owners: ['acme'], access: 'read' },
      { token: newer, owners: ['acme'], access: 'read' },
      { token: storeToken, owners: ['acme'] },
    ],
    apps: [{ slug: 'acme-pipelines', installations: [{ account: 'acme' }] }],
  });
  gitlab = await rotationScene();
  const { privateKey } = forge.app('acme-pipelines');
  keys = [privateKey.split('\n')[3] ?? ''];
});
afterAll(() => Promise.all([forge.close(), gitlab[Symbol.asyncDispose]()]));

/** Hosts that say back what they were sent, at length, as broken and hostile ones may. */
const filler = 'x'.repeat(150);
const forgeEcho = (status: number, secret: string) => ({
  status,
  body: { message: `no: ${storeToken} ${secret} ${filler} ${secret} Bearer ${storeToken}` },
});
const gitlabEcho = (status: number) => {
  const alive = gitlab.tokens.filter(({ revoked }) => !revoked).map((one) => one.token);
  return { status, body: { message: `no: ${alive.join(' ')} ${filler} ${alive.join(' ')}` } };
};

interface Scene {
  readonly words: readonly string[];
  /** What breaks. */
  readonly spoil?: () => void;
  readonly input?: string;
  /** Text of m.yml; the usual one when left out. */
  readonly manifest?: string;
  readonly code: number;
}

const add = () => ['credential', 'add', 'new', '--provider', 'github', '--url', `${forge.url}/acme`];
const to = () => ['--to', `${forge.url}/acme/pipeline`, '--token-env', 'STORE'];
const lab = () => [
  '--to',
  `${gitlab.url}/acme/pipeline`,
  '--store-provider',
  'gitlab',
  '--token-env',
  'MANAGER',
];

const scenes: Readonly<Record<string, () => Scene>> = {
  'credential add': () => ({ words: [...add(), '--secret-from', 'NEWER'], code: 0 }),
  'credential add from standard input into a store': () => ({
    words: [...add(), '--secret-from', '-', ...to()],
    input: newer,
    code: 0,
  }),
  'credential add into a file': () => ({
    words: [...add(), '--secret-from', 'NEWER', '--keep', 'file'],
    code: 0,
  }),
  'credential add into the manifest': () => ({
    words: [...add(), '--secret-from', 'NEWER', '--keep', 'manifest'],
    code: 0,
  }),
  'credential add of a wrong one': () => ({ words: [...add(), '--secret-from', 'WRONG'], code: 2 }),
  'credential add of one typed as an argument': () => ({
    words: [...add(), '--secret-from', typed],
    code: 2,
  }),
  'credential add with an unknown flag': () => ({ words: [...add(), '--token', typed], code: 2 }),
  'credential add with a secret in the URL': () => ({
    words: [
      'credential',
      'add',
      'new',
      '--provider',
      'github',
      '--url',
      `https://x:${typed}@github.com/acme`,
      '--secret-from',
      'NEWER',
    ],
    code: 2,
  }),
  'credential add to a host that breaks': () => ({
    words: [...add(), '--secret-from', 'NEWER'],
    spoil: () => forge.traffic.fail('/api/v3/', forgeEcho(500, newer), 99),
    code: 2,
  }),
  'credential add to a store that refuses': () => ({
    words: [...add(), '--secret-from', 'NEWER', ...to()],
    spoil: () => forge.traffic.fail('PUT', forgeEcho(403, newer), 2),
    code: 2,
  }),
  'credential add with a form that no store takes': () => ({
    words: [...add(), '--secret-from', 'SPACED', ...lab(), '--no-test'],
    code: 2,
  }),
  'credential edit': () => ({ words: ['credential', 'edit', 'acme', '--expires', '2027-01-31'], code: 0 }),
  'credential edit of the secret': () => ({
    words: ['credential', 'edit', 'acme', '--secret-from', 'NEWER', ...to()],
    code: 0,
  }),
  'credential edit of a literal secret': () => ({
    words: ['credential', 'edit', 'open', '--secret-from', 'NEWER'],
    code: 0,
  }),
  'credential edit to a wrong secret': () => ({
    words: ['credential', 'edit', 'open', '--secret-from', 'WRONG'],
    code: 2,
  }),
  'credential edit of nobody': () => ({
    words: ['credential', 'edit', typed, '--expires', 'never'],
    code: 2,
  }),
  'credential remove': () => ({ words: ['credential', 'remove', 'open', '--yes'], code: 0 }),
  'credential remove with nobody asked': () => ({ words: ['credential', 'remove', 'open'], code: 2 }),
  'credential list': () => ({ words: ['credential', 'list', '--manifest', 'm.yml'], code: 0 }),
  'credential test': () => ({ words: ['credential', 'test', 'acme', '--manifest', 'm.yml'], code: 0 }),
  'credential test of all': () => ({ words: ['credential', 'test', '--manifest', 'm.yml'], code: 1 }),
  'a broken manifest': () => ({
    words: ['credential', 'list', '--manifest', 'm.yml'],
    manifest: `version: 1\ncredentials:\n  - ${literal}: x\n    token: [${literal}\n`,
    code: 2,
  }),
  'a manifest with a secret for a key': () => ({
    words: ['credential', 'add', 'x', '--secret-from', 'NEWER', '--provider', 'github'],
    manifest: `version: 1\n${literal}: x\ncredentials: []\n`,
    code: 0,
  }),
  init: () => ({ words: ['init', '--manifest', 'fresh.yml'], code: 0 }),
  'app add': () => ({
    words: [
      'app',
      'add',
      'app',
      '--client-id',
      forge.app('acme-pipelines').clientId,
      '--url',
      `${forge.url}/acme`,
      '--secret-from',
      'KEY',
    ],
    code: 0,
  }),
  'app add with a token for a key': () => ({
    words: ['app', 'add', 'app', '--client-id', 'Iv1', '--secret-from', 'NEWER'],
    code: 2,
  }),
  'app create for a private host': () => ({ words: ['app', 'create', 'app', '--url', forge.url], code: 2 }),
  upload: () => ({ words: ['upload', '--manifest', 'm.yml', '--no-test', ...to()], code: 0 }),
  'upload of a value': () => ({ words: ['upload', 'GOOD', '--manifest', 'm.yml', ...to()], code: 0 }),
  'upload of all in one': () => ({
    words: ['upload', '--manifest', 'm.yml', '--inline', 'all', '--no-test', ...lab()],
    code: 0,
  }),
  'upload in a dry run': () => ({
    words: ['upload', 'GOOD', '--manifest', 'm.yml', '--dry-run', ...to()],
    code: 0,
  }),
  'upload of what does not work': () => ({ words: ['upload', '--manifest', 'm.yml', ...to()], code: 2 }),
  'upload of a name that is a secret': () => ({
    words: ['upload', typed, '--manifest', 'm.yml', ...to()],
    code: 2,
  }),
  'upload to a host that breaks': () => ({
    words: ['upload', 'GOOD', '--manifest', 'm.yml', ...to()],
    spoil: () => forge.traffic.fail('PUT', forgeEcho(500, token), 2),
    code: 1,
  }),
  'upload to an address with a secret': () => ({
    words: ['upload', '--manifest', 'm.yml', '--to', `https://x:${typed}@github.com/a/b`],
    code: 2,
  }),
  rotate: () => ({ words: ['rotate', 'lab', '--manifest', 'm.yml', ...lab()], code: 0 }),
  'rotate at a host that breaks': () => ({
    words: ['rotate', 'lab', '--manifest', 'm.yml', ...lab()],
    spoil: () => gitlab.traffic.fail('rotate', gitlabEcho(500)),
    code: 1,
  }),
  'rotate into a store that refuses': () => ({
    words: ['rotate', 'lab', '--manifest', 'm.yml', ...lab()],
    spoil: () => {
      let puts = 0;
      gitlab.traffic.fail(({ method }) => method === 'PUT' && ++puts === 2, gitlabEcho(403));
    },
    code: 1,
  }),
  'rotate, guided': () => ({
    words: ['rotate', 'open', '--guided', '--secret-from', 'NEWER', '--manifest', 'm.yml'],
    code: 0,
  }),
  'rotate, guided, to a wrong one': () => ({
    words: ['rotate', 'open', '--guided', '--secret-from', 'WRONG', '--manifest', 'm.yml'],
    code: 1,
  }),
};

function manifest(): string {
  return `version: 1
credentials:
  - { name: acme, provider: github, url: '${forge.url}/acme', token: { env: GOOD } }
  - { name: open, provider: github, url: '${forge.url}/acme/rnaseq', token: ${literal} }
  - { name: lab, provider: gitlab, url: '${gitlab.url}/acme/pipeline', token: { env: LAB } }
repositories: ['${forge.url}/acme/rnaseq', '${forge.url}/acme/pipeline']
`;
}

/** Files that may hold secrets: readable by this user alone, or a manifest that was given one. */
function openFiles(folder: Folder): Record<string, string> {
  const names = readdirSync(folder.path, { recursive: true }).map(String);
  const files = names.filter(
    (name) => statSync(join(folder.path, name)).isFile() && name !== 'm.yml' && name !== 'Dockerfile',
  );
  const open = files.filter((name) => (statSync(join(folder.path, name)).mode & 0o077) !== 0);
  return Object.fromEntries(open.map((name) => [name, readFileSync(join(folder.path, name), 'utf8')]));
}

test.each(Object.keys(scenes))('no secret shows: %s', async (name) => {
  const scene = (scenes[name] as () => Scene)();
  using folder = makeFolder();
  folder.write('m.yml', scene.manifest ?? manifest());
  folder.write('Dockerfile', `FROM quay.io/acme/x\n# ${literal}\n`);
  const current = gitlab.variable('acme/pipeline', 'LAB')?.value ?? '';
  const alive = gitlab.tokens.filter(({ revoked }) => !revoked).map((one) => one.token);
  const env = {
    PIPELINE_CREDENTIALS: folder.file('m.yml'),
    GOOD: token,
    NEWER: newer,
    WRONG: wrong,
    SPACED: 'canary with spaces',
    STORE: storeToken,
    MANAGER: manager,
    LAB: alive.find((one) => one === current) ?? alive.find((one) => one !== manager) ?? current,
    KEY: forge.app('acme-pipelines').privateKey,
  };
  scene.spoil?.();
  for (const flags of [[], ['--json', '--verbose']]) {
    const { code, stdout, stderr } = await runLine([...scene.words, ...flags], {
      cwd: folder.path,
      env,
      input: scene.input ?? '',
    });
    if (flags.length === 0) expect([code, stderr], stderr).toEqual([scene.code, expect.any(String)]);
    const rotated = gitlab.tokens.map((one) => one.token);
    const secrets = [
      token,
      newer,
      wrong,
      storeToken,
      manager,
      literal,
      typed,
      'canary with spaces',
      ...keys,
      ...rotated,
    ];
    expect(await findSecrets({ stdout, stderr, ...openFiles(folder) }, [...new Set(secrets)])).toEqual([]);
  }
  forge.traffic.heal();
  gitlab.traffic.heal();
  // Each host got only what is for it.
  const sent = (requests: readonly { readonly header: string; readonly headers: object; body?: unknown }[]) =>
    requests
      .map(
        ({ header, headers, body }) => `${header} ${JSON.stringify(headers)} ${JSON.stringify(body ?? '')}`,
      )
      .join('\n');
  expect(await findSecrets({ gitlab: sent(gitlab.traffic.requests) }, [token, wrong, storeToken])).toEqual(
    [],
  );
  expect(await findSecrets({ forge: sent(forge.traffic.requests) }, [manager, first])).toEqual([]);
  expect(existsSync(folder.file('m.yml'))).toBe(true);
});
