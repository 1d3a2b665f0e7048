import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { checkManifest } from './checking.ts';

let forge: Forge;
beforeEach(async () => {
  forge = await startForge({
    repositories: ['acme/rnaseq', 'acme/stats', 'acme/variants', 'lab/stats'].map((name) => ({ name })),
    apps: [
      {
        slug: 'pipelines',
        permissions: { contents: 'write' },
        installations: [
          { account: 'acme', repositories: ['rnaseq', 'variants'], permissions: { contents: 'read' } },
          { account: 'lab', permissions: { contents: 'write' } },
        ],
      },
      { slug: 'stranger' },
    ],
  });
});
afterEach(() => forge.close());

interface Given {
  readonly targets?: readonly string[];
  readonly more?: string;
  readonly key?: string;
  readonly issuer?: string;
}

async function checked({ targets = [], more = '', key, issuer }: Given) {
  const app = forge.app('pipelines');
  const yaml = `version: 1
credentials:
  - { name: acme-app, provider: github, url: ${forge.url}${more}, app: { client-id: ${issuer ?? app.clientId}, private-key: { env: KEY } } }
repositories: [${targets.map((target) => `{ url: ${forge.url}/${target} }`).join(', ')}]
`;
  const result = await checkManifest(yaml, { env: { KEY: key ?? app.privateKey } });
  const [credential] = result.credentials;
  return { ...result, credential, statuses: result.targets.map(({ status }) => status) };
}

const alive = () => [...forge.state.minted.values()].filter(({ revoked }) => !revoked);

describe('an App', () => {
  test('is asked for itself, mints what its targets need, and gives the tokens back', async () => {
    const { credential, statuses } = await checked({ targets: ['acme/rnaseq', 'lab/stats, access: write'] });
    expect(credential).toMatchObject({
      status: 'ok',
      identity: 'pipelines',
      scopes: ['contents: read', 'contents: write', 'metadata: read'],
      expiresAt: null,
      expirySource: 'host',
      message: 'it works; it does not end',
    });
    expect(statuses).toEqual(['ok', 'ok']);
    expect(forge.state.minted.size).toBe(2);
    expect(alive()).toEqual([]);
  });

  test('whose installation does not reach a repository shows which, and the others', async () => {
    const { credential, targets } = await checked({
      targets: ['acme/rnaseq', 'acme/stats', 'acme/variants'],
    });
    expect(credential).toMatchObject({ status: 'insufficient', message: '1 of its 3 targets refused it' });
    expect(targets).toMatchObject([
      { status: 'ok' },
      { status: 'denied', message: expect.stringContaining('its installation does not reach stats') },
      { status: 'ok' },
    ]);
    expect(alive()).toEqual([]);
  });

  test('that mints nothing for two registries says of each why', async () => {
    const app = forge.app('pipelines');
    const yaml = `version: 1
credentials:
  - { name: acme-app, provider: github, url: ${forge.url}, registries: [127.0.0.1:9], app: { client-id: ${app.clientId}, private-key: { env: KEY } } }
registries: [127.0.0.1:9/lab, 127.0.0.1:9]
`;
    const { targets } = await checkManifest(yaml, { env: { KEY: app.privateKey } });
    expect(targets.map(({ message }) => message)).toEqual([
      expect.stringContaining('no repository is listed'),
      expect.stringContaining('nothing says whose installation'),
    ]);
  });

  test('whose installation lacks a permission says which', async () => {
    const { credential, statuses } = await checked({
      targets: ['acme/rnaseq, access: write', 'acme/variants'],
    });
    expect(credential).toMatchObject({ status: 'insufficient', missing: ['contents: write'] });
    expect(statuses).toEqual(['denied', 'ok']);
  });

  test('lacks what its purposes take, also where all targets open', async () => {
    const { credential } = await checked({
      targets: ['acme/rnaseq'],
      more: ', purposes: [webhooks, pull-requests]',
    });
    expect(credential).toMatchObject({
      status: 'insufficient',
      missing: ['repository_hooks: write', 'pull_requests: write'],
    });
  });

  test('that is suspended at one owner still serves the other', async () => {
    for (const one of forge.state.installations) one.suspended = one.account.login === 'acme';
    const { credential, statuses } = await checked({ targets: ['acme/rnaseq', 'lab/stats'] });
    expect(credential).toMatchObject({
      status: 'insufficient',
      missing: ['an installation that is not suspended'],
    });
    expect(statuses).toEqual(['denied', 'ok']);
  });

  test('that is not installed at an owner says so', async () => {
    const { credential, targets } = await checked({ targets: ['nowhere/tool'] });
    expect(credential).toMatchObject({ status: 'insufficient', missing: ['an installation at every owner'] });
    expect(targets).toMatchObject([{ message: expect.stringContaining('not installed at nowhere') }]);
  });

  test('with the key of another App is invalid, and mints nothing', async () => {
    const { credential, statuses } = await checked({
      targets: ['acme/rnaseq', 'lab/stats'],
      key: forge.app('stranger').privateKey,
    });
    expect(credential).toMatchObject({
      status: 'invalid',
      message: expect.stringContaining('GitHub does not accept its signature'),
    });
    expect(statuses).toEqual(['denied', 'denied']);
    expect(forge.traffic.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test.each([
    [
      'a key that is none',
      { key: '-----BEGIN RSA PRIVATE KEY-----\ncanary-key\n-----END RSA PRIVATE KEY-----' },
      'cut off or damaged',
    ],
    ['an id of nobody', { issuer: 'Iv23nobody' }, 'knows no App'],
  ])('with %s is invalid', async (_what, given, says) => {
    const { credential } = await checked({ targets: ['acme/rnaseq'], ...given });
    expect(credential).toMatchObject({ status: 'invalid' });
    expect(credential?.message).toContain(says);
  });

  test('is asked by the host’s clock, and says that ours is wrong', async () => {
    forge.state.clockSkewMs = 3_600_000;
    const { credential, statuses, said } = await checked({ targets: ['acme/rnaseq'] });
    expect([credential?.status, ...statuses]).toEqual(['ok', 'ok']);
    expect(said).toContain('ahead of');
  });

  test.each([
    [
      'is limited',
      { status: 429, headers: { 'retry-after': '3600' }, body: { message: 'slow down' } },
      'unknown',
    ],
    [
      'shows a login page',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>canary' },
      'invalid',
    ],
    ['fails', { status: 502, body: 'bad gateway' }, 'unreachable'],
  ])('whose host %s', async (_what, fault, status) => {
    forge.traffic.fail('GET /api/v3/app', fault, 9);
    const { credential } = await checked({ targets: ['acme/rnaseq'] });
    expect(credential?.status).toBe(status);
  });
});
