import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fetch, FetchResponse } from '../../../src/core/http/fetch.ts';
import { changed } from '../../../src/core/http/fetch.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { createHttp } from '../../../src/system/http.ts';
import { type MintOptions, mintOn, ownKey } from './minting.ts';

let forge: Forge;
const http = createHttp({ env: {} });
beforeAll(async () => {
  forge = await startForge({
    repositories: ['acme/rnaseq', 'acme/stats', 'lab/rnaseq'].map((name) => ({ name })),
    apps: [
      {
        slug: 'pipelines',
        privateKey: ownKey,
        permissions: { contents: 'write', issues: 'read' },
        installations: [{ account: 'acme' }, { account: 'lab' }],
      },
    ],
  });
});
beforeEach(() => forge.state.minted.clear());
afterAll(async () => {
  http.close();
  await forge.close();
});

const idOf = (account: string) =>
  String(forge.state.installations.find((one) => one.account.login === account)?.id);

/** The forge, with answers to a path changed on the way. */
function tampering(path: RegExp, change: (body: Record<string, unknown>) => object): Fetch {
  return async (url, init) => {
    const answer: FetchResponse = await http.fetch(url, init);
    if (!path.test(String(url)) || init?.method === 'DELETE') return answer;
    return changed(answer, {
      body: JSON.stringify(change((await answer.json()) as Record<string, unknown>)),
    });
  };
}

const mint = /access_tokens$/;

async function refusedAndRevoked(options: MintOptions): Promise<string> {
  const { tokens, said, requests } = await mintOn(forge, {
    base: 'acme',
    targets: ['acme/rnaseq'],
    ...options,
  });
  expect(tokens).toEqual([]);
  expect([...forge.state.minted.values()].map(({ revoked }) => revoked)).toEqual([true]);
  expect(requests.at(-1)).toBe('DELETE /installation/token');
  expect(said).toContain('No such token was kept');
  return said;
}

describe('rule 16: a token is for the right owner and no wider than asked', () => {
  test("a stale installation-id that mints another owner's repository of the same name is refused", async () => {
    expect(await refusedAndRevoked({ installationId: idOf('lab') })).toContain(
      'acme-app mints no token for acme: its installation is that of lab.',
    );
  });

  test('a stale installation-id is refused before anything is minted for all', async () => {
    const { tokens, requests, said } = await mintOn(forge, {
      base: 'acme',
      repositories: 'all',
      installationId: idOf('lab'),
    });
    expect(tokens).toEqual([]);
    expect(requests).toEqual([`GET /app/installations/${idOf('lab')}`]);
    expect(said).toContain('its installation is that of lab.');
  });

  test("a lookup that answers with another owner's installation is refused before anything is minted", async () => {
    const fetch = tampering(/users/, (body) => ({
      ...body,
      account: { login: 'acme-evil', type: 'Organization' },
    }));
    const options = { base: 'acme', targets: ['acme/rnaseq'], effects: { fetch } };
    const { tokens, requests, said } = await mintOn(forge, options);
    expect(tokens).toEqual([]);
    expect(requests).toEqual(['GET /users/acme/installation']);
    expect(said).toContain('its installation is that of acme-evil.');
  });

  test('an installation of an enterprise is refused', async () => {
    const fetch = tampering(/users/, (body) => ({ ...body, account: { slug: 'acme', name: 'Acme' } }));
    const options = { base: 'acme', targets: ['acme/rnaseq'], effects: { fetch } };
    expect((await mintOn(forge, options)).said).toContain('its installation is that of an enterprise.');
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'a higher level',
      { permissions: { contents: 'write', metadata: 'read' } },
      'it was given contents: write unasked',
    ],
    [
      'another permission',
      { permissions: { contents: 'read', secrets: 'read' } },
      'it was given secrets: read unasked',
    ],
    [
      'metadata to write',
      { permissions: { contents: 'read', metadata: 'write' } },
      'it was given metadata: write unasked',
    ],
    ['less than asked', { permissions: { metadata: 'read' } }, 'it was not given contents: read'],
    ['no permissions told', { permissions: undefined }, 'it was not given contents: read'],
    [
      'another repository',
      { repositories: [repository('rnaseq'), repository('stats')] },
      'it was given stats unasked',
    ],
    ['fewer repositories', { repositories: [] }, 'it was not given rnaseq'],
    [
      'all repositories',
      { repositories: undefined, repository_selection: 'all' },
      'it was given all repositories unasked',
    ],
    [
      "another owner's",
      { repositories: [repository('rnaseq', 'acme-evil')] },
      'its installation is that of acme-evil',
    ],
    ['nonsense', { repositories: [null] }, 'its installation is that of undefined'],
  ])('a token with %s is revoked', async (_name, change, problem) => {
    const fetch = tampering(mint, (body) => ({ ...body, ...change }));
    expect(await refusedAndRevoked({ effects: { fetch } })).toContain(`mints no token for acme: ${problem}.`);
  });

  test('an answer that lists no repositories is checked by one lookup', async () => {
    const fetch = tampering(mint, (body) => ({ ...body, repositories: undefined }));
    const options = { base: 'acme', targets: ['acme/rnaseq'], effects: { fetch } };
    const own = await mintOn(forge, { ...options, installationId: idOf('acme') });
    expect(own.requests).toEqual([
      `POST /app/installations/${idOf('acme')}/access_tokens`,
      `GET /app/installations/${idOf('acme')}`,
    ]);
    expect(own.tokens).toHaveLength(1);
    forge.state.minted.clear();
    expect(await refusedAndRevoked({ effects: { fetch }, installationId: idOf('lab') })).toContain(
      'that of lab.',
    );
  });

  test('a token that cannot be revoked either is told', async () => {
    forge.traffic.fail('DELETE', { status: 500 });
    const options = { base: 'acme', targets: ['acme/rnaseq'], installationId: idOf('lab') };
    const { tokens, warnings } = await mintOn(forge, options);
    expect(tokens).toEqual([]);
    expect(warnings).toEqual([
      'acme-app mints no token for acme, but one that was minted could not be revoked.',
    ]);
  });

  test('metadata: read comes by itself, and case does not count', async () => {
    const { tokens } = await mintOn(forge, { base: 'ACME', targets: ['ACME/RNAseq'] });
    expect(tokens).toMatchObject([
      { account: 'acme', repositories: ['rnaseq'], permissions: { contents: 'read', metadata: 'read' } },
    ]);
  });
});

function repository(name: string, login = 'acme') {
  return { id: 1, name, full_name: `${login}/${name}`, owner: { login } };
}

test('a token is never printed by itself', async () => {
  const { tokens } = await mintOn(forge, { base: 'acme', targets: ['acme/rnaseq'] });
  const text = tokens[0]?.token.reveal() ?? '';
  expect(text).toMatch(/^ghs_/);
  expect(`${JSON.stringify(tokens)} ${String(tokens[0]?.token)}`).not.toContain(text);
});

test('rule 13: a redirect gets neither our JWT nor our request', async () => {
  await using other = await startForge();
  forge.traffic.fail('/installation', {
    status: 307,
    headers: { location: `${other.apiUrl}/app` },
    body: {},
  });
  const { tokens, said } = await mintOn(forge, { base: 'acme', targets: ['acme/rnaseq'] });
  expect(tokens).toEqual([]);
  expect(other.traffic.requests).toEqual([]);
  expect(said).toContain('credentials do not follow');
});
