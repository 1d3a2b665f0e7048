import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MintedToken } from '../../../src/core/app-tokens/minted-token.ts';
import { Secret } from '../../../src/core/secret.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { revokeTokens } from '../../../src/providers/github-app/revoke.ts';
import { createHttp } from '../../../src/system/http.ts';
import { mintOn, ownKey } from './minting.ts';

let forge: Forge;
let tokens: readonly MintedToken[];
const http = createHttp({ env: {}, limits: { idleMs: 60_000, totalMs: 60_000, bodyBytes: 1000 } });
beforeAll(async () => {
  forge = await startForge({
    repositories: ['acme/rnaseq', 'lab/stats'].map((name) => ({ name })),
    apps: [
      { slug: 'pipelines', privateKey: ownKey, installations: [{ account: 'acme' }, { account: 'lab' }] },
    ],
  });
});
beforeEach(async () => {
  forge.state.replicationMs = 0;
  forge.state.minted.clear();
  tokens = (await mintOn(forge, { targets: ['acme/rnaseq', 'lab/stats'] })).tokens;
  forge.traffic.requests.length = 0;
});
afterAll(async () => {
  http.close();
  await forge.close();
});

const alive = () => [...forge.state.minted.values()].filter(({ revoked }) => !revoked).length;
const statuses = () =>
  forge.traffic.requests.map(({ method, path, status }) => `${method} ${path} ${status}`);
const gone = 'DELETE /api/v3/installation/token';

/** Revokes by a clock that begins with the tokens and that each pause moves on. */
function revoke(
  list: Parameters<typeof revokeTokens>[0] = tokens,
  { pause = (_ms: number) => undefined, patience = 8000 } = {},
) {
  let time = Math.max(...tokens.map(({ mintedAt }) => mintedAt.getTime()));
  return revokeTokens(list, {
    patience,
    fetch: http.fetch,
    now: () => new Date(time),
    sleep: async (ms) => {
      time += ms;
      pause(ms);
    },
  });
}

test('every token is revoked by one request', async () => {
  expect(await revoke()).toEqual([]);
  expect(alive()).toBe(0);
  expect(statuses()).toEqual([`${gone} 204`, `${gone} 204`]);
});

test('a dead token is as good as a revoked one', async () => {
  const old = { api: forge.apiUrl, token: new Secret('canary-dead'), mintedAt: new Date(0) };
  expect(await revoke([old, { api: forge.apiUrl, token: new Secret('canary-dead') }])).toEqual([]);
  expect(statuses()).toEqual([`${gone} 401`, `${gone} 401`]);
});

test('a token that is too young to be known everywhere is asked for again', async () => {
  forge.state.replicationMs = 60_000;
  const [first] = tokens;
  const pauses: number[] = [];
  const left = await revoke(first === undefined ? [] : [first], {
    pause: (ms) => {
      pauses.push(ms);
      if (pauses.length === 2) forge.state.replicationMs = 0;
      return undefined;
    },
  });
  expect([left, pauses]).toEqual([[], [1000, 1000]]);
  expect(statuses().map((line) => line.slice(-3))).toEqual(['401', '401', '204']);
});

test('a young token that stays refused is given up after five seconds', async () => {
  forge.state.replicationMs = 60_000;
  expect(await revoke(tokens.slice(0, 1))).toEqual([]);
  expect(statuses()).toHaveLength(6);
});

test.each(['reset', 'hang', { status: 500 }, { status: 403, body: { message: 'canary' } }] as const)(
  'a token that could not be revoked (%j) is given back, without an error',
  async (fault) => {
    forge.traffic.fail('DELETE', fault);
    const left = await revoke(tokens, { patience: 1000 });
    expect(left).toHaveLength(1);
    expect(alive()).toBe(1);
  },
);
