import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fetch } from '../../../src/core/http/fetch.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { createHttp } from '../../../src/system/http.ts';
import { mintBodies, mintOn, ownKey } from './minting.ts';

let forge: Forge;
beforeEach(async () => {
  forge = await startForge({
    users: ['octocat'],
    repositories: ['acme/rnaseq', 'acme/stats', 'lab/rnaseq', 'octocat/tools'].map((name) => ({ name })),
    apps: [
      {
        slug: 'pipelines',
        privateKey: ownKey,
        permissions: { contents: 'write', packages: 'read', issues: 'read' },
        installations: [{ account: 'acme' }, { account: 'lab' }, { account: 'octocat' }],
      },
    ],
  });
});
afterEach(() => forge.close());

const idOf = (account: string) =>
  forge.state.installations.find((one) => one.account.login === account)?.id ?? 0;

/** Requests with the ids of installations by their owner, sorted. */
function named(requests: readonly string[]): readonly string[] {
  return requests
    .map((line) => line.replace(/installations\/(\d+)/, (_all, id) => `installations/${ownerOf(id)}`))
    .toSorted();
}

const ownerOf = (id: string) =>
  forge.state.installations.find((one) => String(one.id) === id)?.account.login ?? id;

describe('requests are counted', () => {
  test('one owner: one lookup, one mint', async () => {
    const { tokens, requests, failures } = await mintOn(forge, {
      base: 'acme',
      targets: ['acme/rnaseq', 'acme/stats'],
    });
    expect(failures).toEqual([]);
    expect(named(requests)).toEqual([
      'GET /users/acme/installation',
      'POST /app/installations/acme/access_tokens',
    ]);
    expect(mintBodies(forge)).toEqual([
      { permissions: { contents: 'read' }, repositories: ['rnaseq', 'stats'] },
    ]);
    expect(tokens).toMatchObject([
      {
        account: 'acme',
        repositories: ['rnaseq', 'stats'],
        permissions: { contents: 'read', metadata: 'read' },
      },
    ]);
    expect(tokens[0]?.appSlug).toBe('pipelines');
    expect(tokens[0]?.api).toBe(forge.apiUrl);
  });

  test('a given installation-id: one mint', async () => {
    const options = { base: 'acme', targets: ['acme/rnaseq'], installationId: String(idOf('acme')) };
    const { tokens, requests } = await mintOn(forge, options);
    expect(named(requests)).toEqual(['POST /app/installations/acme/access_tokens']);
    expect(tokens).toHaveLength(1);
  });

  test('two permission sets of one owner: one lookup, two mints', async () => {
    const { requests, tokens } = await mintOn(forge, {
      base: 'acme',
      targets: ['acme/rnaseq', 'acme/stats write'],
    });
    expect(named(requests)).toEqual([
      'GET /users/acme/installation',
      'POST /app/installations/acme/access_tokens',
      'POST /app/installations/acme/access_tokens',
    ]);
    expect(tokens.map(({ permissions }) => permissions.contents)).toEqual(['read', 'write']);
  });

  test('three owners: one listing, three mints', async () => {
    const { requests, tokens } = await mintOn(forge, {
      targets: ['acme/stats', 'LAB/rnaseq', 'octocat/tools'],
    });
    expect(named(requests)).toEqual([
      'GET /app/installations?per_page=100&page=1',
      'POST /app/installations/acme/access_tokens',
      'POST /app/installations/lab/access_tokens',
      'POST /app/installations/octocat/access_tokens',
    ]);
    expect(tokens.map(({ account }) => account)).toEqual(['acme', 'lab', 'octocat']);
  });

  test('a registry beside a repository: one lookup, two mints', async () => {
    const { requests } = await mintOn(forge, {
      base: 'acme',
      targets: ['acme/stats'],
      images: ['containers.example.com/acme'],
    });
    expect(requests).toHaveLength(3);
    expect(mintBodies(forge)).toEqual([
      { permissions: { contents: 'read' }, repositories: ['stats'] },
      { permissions: { packages: 'read' }, repositories: ['stats'] },
    ]);
  });

  test('all repositories with a given installation-id: one lookup of that id, one mint', async () => {
    const options = { base: 'acme', repositories: 'all' as const, installationId: String(idOf('acme')) };
    const { requests, tokens } = await mintOn(forge, options);
    expect(named(requests)).toEqual([
      'GET /app/installations/acme',
      'POST /app/installations/acme/access_tokens',
    ]);
    expect(mintBodies(forge)).toEqual([{ permissions: { contents: 'read' } }]);
    expect(tokens).toMatchObject([{ repositories: 'all', account: 'acme' }]);
  });

  test('nothing to mint: no request', async () => {
    expect((await mintOn(forge, { base: 'acme', targets: [] })).requests).toEqual([]);
  });
});

describe('many installations', () => {
  beforeEach(async () => {
    const app = forge.app('pipelines');
    for (let index = 0; index < 250; index += 1) forge.addInstallation(app, { account: `org-${index}` });
    for (const owner of ['org-150', 'org-220']) await forge.addRepository({ name: `${owner}/r` });
  });

  test('one listing is enough when its first page has all', async () => {
    const { requests, tokens } = await mintOn(forge, { targets: ['acme/stats', 'lab/rnaseq'] });
    expect(requests).toHaveLength(1 + 2);
    expect(tokens).toHaveLength(2);
  });

  test('one that is missing there is looked up, since that is less than two pages', async () => {
    const { requests, tokens } = await mintOn(forge, { targets: ['acme/stats', 'org-220/r'] });
    expect(named(requests)).toEqual([
      'GET /app/installations?per_page=100&page=1',
      'GET /users/org-220/installation',
      'POST /app/installations/acme/access_tokens',
      'POST /app/installations/org-220/access_tokens',
    ]);
    expect(tokens).toHaveLength(2);
  });

  test('two that are missing there are found on the two pages left', async () => {
    const { requests, tokens } = await mintOn(forge, { targets: ['org-150/r', 'org-220/r', 'acme/stats'] });
    expect(named(requests).slice(0, 3)).toEqual(
      [1, 2, 3].map((page) => `GET /app/installations?per_page=100&page=${page}`),
    );
    expect(requests).toHaveLength(3 + 3);
    expect(tokens).toHaveLength(3);
  });

  test('one that is nowhere costs no further request, and the others are minted', async () => {
    const { requests, tokens, said } = await mintOn(forge, {
      targets: ['acme/stats', 'elsewhere/a', 'nowhere/b'],
    });
    expect(requests).toHaveLength(3 + 1);
    expect(tokens).toHaveLength(1);
    expect(said).toContain('acme-app mints no token for elsewhere: the App is not installed at elsewhere.');
    expect(said).toContain('acme-app mints no token for nowhere: the App is not installed at nowhere.');
  });
});

test('owners are minted for side by side', async () => {
  forge.traffic.latencyMs = 150;
  const started = performance.now();
  const { tokens } = await mintOn(forge, { targets: ['acme/stats', 'lab/rnaseq', 'octocat/tools'] });
  expect(tokens).toHaveLength(3);
  expect(performance.now() - started).toBeLessThan(4 * 150);
});

test('the tokens work, and end in an hour', async () => {
  const { tokens } = await mintOn(forge, { base: 'acme', targets: ['acme/rnaseq'] });
  const http = createHttp({ env: {} });
  const headers = { authorization: `Bearer ${tokens[0]?.token.reveal()}` };
  const status = async (path: string) => (await http.fetch(`${forge.apiUrl}${path}`, { headers })).status;
  expect(await Promise.all(['/repos/acme/rnaseq', '/repos/acme/stats'].map(status))).toEqual([200, 404]);
  expect(Number(tokens[0]?.expiresAt) - Date.now()).toBeGreaterThan(3_500_000);
  http.close();
});

test("Node's own fetch will do, too", async () => {
  const fetch: Fetch = async (url, init) => globalThis.fetch(url, init);
  const found = await mintOn(forge, { base: 'acme', targets: ['acme/rnaseq'], effects: { fetch } });
  expect(found.tokens).toHaveLength(1);
  forge.traffic.fail('access_tokens', {
    status: 403,
    body: { message: 'This installation has been suspended' },
  });
  const refused = await mintOn(forge, { base: 'acme', targets: ['acme/rnaseq'], effects: { fetch } });
  expect(refused.said).toContain('suspended');
});

test("an App's id in digits is sent as a number, which old servers want", async () => {
  const { tokens } = await mintOn(forge, {
    base: 'acme',
    targets: ['acme/rnaseq'],
    issuer: String(forge.app('pipelines').id),
  });
  expect(tokens).toHaveLength(1);
  const [, payload = ''] = (forge.traffic.requests[0]?.header ?? '').split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString()).iss).toBe(forge.app('pipelines').id);
});

test('rule 15: a mint names its permissions and repositories, and is not tried wider when it is refused', async () => {
  const { requests, tokens, failures } = await mintOn(forge, {
    base: 'acme',
    targets: ['acme/rnaseq', 'acme/unknown'],
  });
  expect([tokens, failures.length]).toEqual([[], 1]);
  expect(mintBodies(forge)).toEqual([
    { permissions: { contents: 'read' }, repositories: ['rnaseq', 'unknown'] },
  ]);
  expect(requests.filter((line) => line.startsWith('POST'))).toHaveLength(1);
});
