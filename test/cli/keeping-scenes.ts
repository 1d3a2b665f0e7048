import { type Forge, startForge } from '../../src/demo/forge.ts';
import type { LoggedRequest } from '../../src/demo/traffic.ts';
import type { Folder } from '../app/keeping/folder.ts';
import { manager, rotationScene } from '../app/keeping/rotate-scene.ts';
import type { FakeGitlab } from '../fakes/gitlab.ts';

export const token = 'canary-good-0123456789';
export const newer = 'canary-newer-0123456789';
export const wrong = 'canary-wrong-0123456789';
export const storeToken = 'canary-store-token';
export const literal = 'canary-in-the-manifest';
export const typed = 'canary_typed_as_an_argument';
export const spaced = 'canary with spaces';

/** The hosts that the verbs which look after credentials meet in these tests. */
export interface KeepingWorld extends AsyncDisposable {
  readonly forge: Forge;
  readonly gitlab: FakeGitlab;
}

export async function openKeepingWorld(): Promise<KeepingWorld> {
  const forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }, { name: 'acme/pipeline' }],
    tokens: [
      { token, owners: ['acme'], access: 'read' },
      { token: newer, owners: ['acme'], access: 'read' },
      { token: storeToken, owners: ['acme'] },
    ],
    apps: [{ slug: 'acme-pipelines', installations: [{ account: 'acme' }] }],
  });
  const gitlab = await rotationScene();
  return {
    forge,
    gitlab,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([forge.close(), gitlab[Symbol.asyncDispose]()]);
    },
  };
}

/** Every secret there is. */
export function secretsOf({ forge, gitlab }: KeepingWorld): readonly string[] {
  const rotated = gitlab.tokens.map((one) => one.token);
  const line = forge.app('acme-pipelines').privateKey.split('\n')[3] ?? '';
  return [...new Set([token, newer, wrong, storeToken, manager, literal, typed, spaced, line, ...rotated])];
}

/** What a person has in the environment. */
export function environmentOf({ forge, gitlab }: KeepingWorld, folder: Folder) {
  const current = gitlab.variable('acme/pipeline', 'LAB')?.value ?? '';
  const alive = gitlab.tokens.filter(({ revoked }) => !revoked).map((one) => one.token);
  return {
    PIPELINE_CREDENTIALS: folder.file('m.yml'),
    GOOD: token,
    NEWER: newer,
    WRONG: wrong,
    SPACED: spaced,
    STORE: storeToken,
    MANAGER: manager,
    LAB: alive.find((one) => one === current) ?? alive.find((one) => one !== manager) ?? current,
    KEY: forge.app('acme-pipelines').privateKey,
  };
}

export function manifestOf({ forge, gitlab }: KeepingWorld): string {
  return `version: 1
credentials:
  - { name: acme, provider: github, url: '${forge.url}/acme', token: { env: GOOD } }
  - { name: open, provider: github, url: '${forge.url}/acme/rnaseq', token: ${literal} }
  - { name: lab, provider: gitlab, url: '${gitlab.url}/acme/pipeline', token: { env: LAB } }
repositories: ['${forge.url}/acme/rnaseq', '${forge.url}/acme/pipeline']
`;
}

/** All that a host was sent in a request, at length, as a broken or hostile one may say it back. */
export function echo({ header, headers, body }: LoggedRequest): string {
  const sent = `${header} ${Object.values(headers).join(' ')} ${JSON.stringify(body ?? '')}`;
  return `no: ${sent} ${'x'.repeat(150)} ${sent}`;
}

export interface Scene {
  readonly words: readonly string[];
  /** What breaks: the first request so many times that is like this, answered by what it was sent. */
  readonly broken?: {
    readonly at: 'forge' | 'gitlab';
    readonly like: RegExp;
    readonly status: number;
    readonly skip?: number;
  };
  readonly input?: string;
  /** Text of m.yml; the usual one when left out. */
  readonly manifest?: string;
  readonly code: number;
}

/** Every verb that looks after credentials, as it works and as it fails by itself. */
export function keepingScenes({ forge, gitlab }: KeepingWorld): Readonly<Record<string, Scene>> {
  const add = ['credential', 'add', 'new', '--provider', 'github', '--url', `${forge.url}/acme`];
  const to = ['--to', `${forge.url}/acme/pipeline`, '--token-env', 'STORE'];
  const lab = ['--to', `${gitlab.url}/acme/pipeline`, '--store-provider', 'gitlab', '--token-env', 'MANAGER'];
  const { clientId } = forge.app('acme-pipelines');
  const key = ['--client-id', clientId, '--url', `${forge.url}/acme`, '--secret-from', 'KEY'];
  const appAdd = ['app', 'add', 'app', ...key];
  return {
    'credential add': { words: [...add, '--secret-from', 'NEWER'], code: 0 },
    'credential add from standard input into a store': {
      words: [...add, '--secret-from', '-', ...to],
      input: newer,
      code: 0,
    },
    'credential add into a file': {
      words: [...add, '--secret-from', 'NEWER', '--keep', 'file'],
      code: 0,
    },
    'credential add into the manifest': {
      words: [...add, '--secret-from', 'NEWER', '--keep', 'manifest'],
      code: 0,
    },
    'credential add of a wrong one': { words: [...add, '--secret-from', 'WRONG'], code: 2 },
    'credential add of one typed as an argument': {
      words: [...add, '--secret-from', typed],
      code: 2,
    },
    'credential add with an unknown flag': { words: [...add, '--token', typed], code: 2 },
    'credential add with a secret in the URL': {
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
    },
    'credential add to a host that breaks': {
      words: [...add, '--secret-from', 'NEWER'],
      broken: { at: 'forge', like: /api\/v3/, status: 500 },
      code: 2,
    },
    'credential add to a store that refuses': {
      words: [...add, '--secret-from', 'NEWER', ...to],
      broken: { at: 'forge', like: /^PUT/, status: 403 },
      code: 2,
    },
    'credential add with a form that no store takes': {
      words: [...add, '--secret-from', 'SPACED', ...lab, '--no-test'],
      code: 2,
    },
    'credential edit': { words: ['credential', 'edit', 'acme', '--expires', '2027-01-31'], code: 0 },
    'credential edit of the secret': {
      words: ['credential', 'edit', 'acme', '--secret-from', 'NEWER', ...to],
      code: 0,
    },
    'credential edit of a literal secret': {
      words: ['credential', 'edit', 'open', '--secret-from', 'NEWER'],
      code: 0,
    },
    'credential edit to a wrong secret': {
      words: ['credential', 'edit', 'open', '--secret-from', 'WRONG'],
      code: 2,
    },
    'credential edit of nobody': {
      words: ['credential', 'edit', typed, '--expires', 'never'],
      code: 2,
    },
    'credential remove': { words: ['credential', 'remove', 'open', '--yes'], code: 0 },
    'credential remove with nobody asked': { words: ['credential', 'remove', 'open'], code: 2 },
    'credential list': { words: ['credential', 'list', '--manifest', 'm.yml'], code: 0 },
    'credential test': { words: ['credential', 'test', 'acme', '--manifest', 'm.yml'], code: 0 },
    'credential test of all': { words: ['credential', 'test', '--manifest', 'm.yml'], code: 1 },
    'a broken manifest': {
      words: ['credential', 'list', '--manifest', 'm.yml'],
      manifest: `version: 1\ncredentials:\n  - ${literal}: x\n    token: [${literal}\n`,
      code: 2,
    },
    'a manifest with a secret for a key': {
      words: ['credential', 'add', 'x', '--secret-from', 'NEWER', '--provider', 'github'],
      manifest: `version: 1\n${literal}: x\ncredentials: []\n`,
      code: 0,
    },
    init: { words: ['init', '--manifest', 'fresh.yml'], code: 0 },
    'app add': {
      words: appAdd,
      code: 0,
    },
    'app add with a token for a key': {
      words: ['app', 'add', 'app', '--client-id', 'Iv1', '--secret-from', 'NEWER'],
      code: 2,
    },
    'app create for a private host': { words: ['app', 'create', 'app', '--url', forge.url], code: 2 },
    upload: { words: ['upload', '--manifest', 'm.yml', '--no-test', ...to], code: 0 },
    'upload of a value': { words: ['upload', 'GOOD', '--manifest', 'm.yml', ...to], code: 0 },
    'upload of all in one': {
      words: ['upload', '--manifest', 'm.yml', '--inline', 'all', '--no-test', ...lab],
      code: 0,
    },
    'upload in a dry run': {
      words: ['upload', 'GOOD', '--manifest', 'm.yml', '--dry-run', ...to],
      code: 0,
    },
    'upload of what does not work': { words: ['upload', '--manifest', 'm.yml', ...to], code: 2 },
    'upload of a name that is a secret': {
      words: ['upload', typed, '--manifest', 'm.yml', ...to],
      code: 2,
    },
    'upload to a host that breaks': {
      words: ['upload', 'GOOD', '--manifest', 'm.yml', ...to],
      broken: { at: 'forge', like: /^PUT/, status: 500 },
      code: 1,
    },
    'upload to an address with a secret': {
      words: ['upload', '--manifest', 'm.yml', '--to', `https://x:${typed}@github.com/a/b`],
      code: 2,
    },
    rotate: { words: ['rotate', 'lab', '--manifest', 'm.yml', ...lab], code: 0 },
    'rotate at a host that breaks': {
      words: ['rotate', 'lab', '--manifest', 'm.yml', ...lab],
      broken: { at: 'gitlab', like: /rotate$/, status: 500 },
      code: 1,
    },
    'rotate into a store that refuses': {
      words: ['rotate', 'lab', '--manifest', 'm.yml', ...lab],
      broken: { at: 'gitlab', like: /^PUT/, status: 403, skip: 1 },
      code: 1,
    },
    'rotate, guided': {
      words: ['rotate', 'open', '--guided', '--secret-from', 'NEWER', '--manifest', 'm.yml'],
      code: 0,
    },
    'rotate, guided, to a wrong one': {
      words: ['rotate', 'open', '--guided', '--secret-from', 'WRONG', '--manifest', 'm.yml'],
      code: 1,
    },
    'init where a manifest is': { words: ['init', '--manifest', 'm.yml'], code: 2 },
    'app add at a host that breaks': {
      words: appAdd,
      broken: { at: 'forge', like: /api\/v3/, status: 401 },
      code: 2,
    },
    'credential test of nobody': { words: ['credential', 'test', typed, '--manifest', 'm.yml'], code: 2 },
    'rotate of nobody': { words: ['rotate', typed, '--manifest', 'm.yml'], code: 2 },
  };
}
