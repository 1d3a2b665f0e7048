import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { revokeTokens } from '../../src/providers/github-app/revoke.ts';
import { createHttp } from '../../src/system/http.ts';
import { type MintOptions, mintOn, otherKey, ownKey } from '../providers/github-app/minting.ts';
import { readDescription, recording } from './openapi.ts';

let forge: Forge;
const http = createHttp({ env: {} });
const { noting, exchanges } = recording(http.fetch);
beforeAll(async () => {
  forge = await startForge({
    users: ['octocat'],
    repositories: ['acme/rnaseq', 'acme/stats', 'lab/stats'].map((name) => ({ name })),
    tokens: [{ token: 'canary-static-token', repositories: ['acme/rnaseq'], scopes: ['repo'] }],
    apps: [
      {
        slug: 'pipelines',
        privateKey: ownKey,
        permissions: { contents: 'write', packages: 'read' },
        installations: [
          { account: 'acme', repositories: ['rnaseq'] },
          { account: 'lab' },
          { account: 'octocat' },
        ],
      },
      { slug: 'stranger', privateKey: otherKey },
    ],
  });
});
afterAll(async () => {
  http.close();
  await forge.close();
});

const idOf = (account: string) =>
  String(forge.state.installations.find((one) => one.account.login === account)?.id);

const mints: Record<string, () => MintOptions> = {
  'one owner': () => ({ base: 'acme', targets: ['acme/rnaseq'] }),
  'several owners': () => ({ targets: ['acme/rnaseq', 'lab/stats write'] }),
  'a given id': () => ({ base: 'acme', targets: ['acme/rnaseq'], installationId: idOf('acme') }),
  'all repositories': () => ({ base: 'acme', repositories: 'all', installationId: idOf('acme') }),
  'a registry': () => ({ base: 'lab', targets: ['lab/stats'], images: ['containers.example.com/lab'] }),
  'an owner without installation': () => ({ base: 'nowhere', targets: ['nowhere/a'] }),
  'a repository that is not selected': () => ({ base: 'acme', targets: ['acme/stats'] }),
  'a permission that is not granted': () => ({
    base: 'acme',
    permissions: { issues: 'read' },
    targets: ['acme/rnaseq'],
  }),
  'a stale id': () => ({ base: 'lab', targets: ['lab/stats'], installationId: '99999' }),
  "another App's key": () => ({ base: 'acme', targets: ['acme/rnaseq'], privateKey: otherKey }),
  'a wrong clock': () => {
    forge.state.clockSkewMs = 7_200_000;
    return { base: 'acme', targets: ['acme/rnaseq'] };
  },
};

describe.each(['api.github.com', 'ghes-3.19'])('by the description of %s', (edition) => {
  const { problems } = readDescription(edition);
  const wrong = () =>
    exchanges
      .splice(0)
      .flatMap((one) => problems(one).map((problem) => `${one.method} ${one.path}: ${problem}`));

  test.each(Object.keys(mints))('what is said for %s is right', async (name) => {
    const options = mints[name]?.() ?? {};
    const { tokens, requests } = await mintOn(forge, { ...options, effects: { fetch: noting } });
    await revokeTokens(tokens, { fetch: noting, now: () => new Date(), sleep: async () => undefined });
    forge.state.clockSkewMs = 0;
    expect(exchanges.length).toBeGreaterThanOrEqual(requests.length);
    expect(wrong()).toEqual([]);
  });

  test.each([
    '/',
    '/user',
    '/users/acme',
    '/users/octocat',
    '/users/nobody',
    '/rate_limit',
    '/repos/acme/rnaseq',
    '/repos/acme/unknown',
  ])('what the forge tells a token about %s is right', async (path) => {
    await noting(`${forge.apiUrl}${path}`, { headers: { authorization: 'Bearer canary-static-token' } });
    expect(wrong()).toEqual([]);
  });

  test('what the forge tells an installation is right', async () => {
    const { tokens } = await mintOn(forge, { base: 'acme', targets: ['acme/rnaseq'] });
    const headers = { authorization: `Bearer ${tokens[0]?.token.reveal()}` };
    for (const path of [
      '/installation/repositories?per_page=1',
      '/repos/acme/rnaseq',
      '/repos/lab/stats',
      '/user',
    ]) {
      await noting(`${forge.apiUrl}${path}`, { headers });
    }
    expect(wrong()).toEqual([]);
  });

  test('a check that finds nothing would find something', () => {
    const right = { method: 'GET', query: {}, requestBody: null };
    const found = [
      { ...right, path: '/nowhere', status: 200, responseBody: {} },
      { ...right, path: '/users/a/installation', status: 200, responseBody: { id: 'one' } },
      { ...right, path: '/app/installations', query: { pages: '1' }, status: 200, responseBody: [] },
      { ...right, path: '/app/installations', status: 204, responseBody: null },
      {
        ...right,
        method: 'POST',
        path: '/app/installations/1/access_tokens',
        requestBody: { repositories: 'a' },
        status: 404,
        responseBody: { message: 1 },
      },
    ].map((one) => problems(one).length > 0);
    expect(found).toEqual([true, true, true, true, true]);
  });
});

test('a revoked token is refused in the same words', async () => {
  const dead = { api: forge.apiUrl, token: new Secret('canary-dead') };
  await revokeTokens([dead], { fetch: noting, now: () => new Date(), sleep: async () => undefined });
  expect(exchanges.splice(0).map(({ status }) => status)).toEqual([401]);
});
