import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { planMints } from '../../../src/core/app-tokens/plan-mints.ts';
import { maskForms } from '../../../src/core/mask-forms.ts';
import { Secret } from '../../../src/core/secret.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { mintAll } from '../../../src/providers/github-app/mint-all.ts';
import { appUse } from '../../core/app-tokens/make-use.ts';
import { mintOn, otherKey, ownKey } from './minting.ts';
import { type Refused, refusals, suspend } from './refusals.ts';

let forge: Forge;
beforeEach(async () => {
  forge = await startForge({
    repositories: ['acme/rnaseq', 'acme/stats', 'lab/stats'].map((name) => ({ name })),
    apps: [
      {
        slug: 'pipelines',
        privateKey: ownKey,
        permissions: { contents: 'write', packages: 'read' },
        installations: [
          { account: 'acme', repositories: ['rnaseq'], permissions: { contents: 'read' } },
          { account: 'lab' },
        ],
      },
      { slug: 'stranger', privateKey: otherKey },
    ],
  });
});
afterEach(() => forge.close());

const targets = ['acme/rnaseq'];

/** What must not be seen: the key, each JWT and each token that went over the line, in every form; and canaries. */
function secretsOf({ traffic, state }: Forge): readonly string[] {
  const sent = traffic.requests.map(({ header }) => header.split(' ')[1] ?? '');
  const secrets = [ownKey, otherKey, ...sent, ...state.minted.keys()].map((text) => new Secret(text));
  return ['canary', ...secrets.flatMap((secret) => maskForms(secret)).filter((form) => !/-----/.test(form))];
}

describe('each refusal has its cause and its cure', () => {
  test.each(Object.keys(refusals))('%s', async (name) => {
    const { arrange, options = {}, says, hints, code, tries } = refusals[name] as Refused;
    arrange?.(forge);
    const asked = typeof options === 'function' ? options(forge) : options;
    const { tokens, failures, requests, said } = await mintOn(forge, { base: 'acme', targets, ...asked });
    expect(tokens).toEqual([]);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.failure).toMatchObject({
      code: code ?? 'mint-failed',
      message: expect.stringContaining(says),
      hint: typeof hints === 'string' ? expect.stringContaining(hints) : expect.stringMatching(hints),
    });
    const shown = said + inspect(failures, { depth: 9, showHidden: true });
    expect(secretsOf(forge).filter((secret) => shown.includes(secret))).toEqual([]);
    expect([...forge.state.minted.values()].filter(({ revoked }) => !revoked)).toEqual([]);
    if (tries !== undefined) expect(requests.filter((line) => line === requests.at(-1))).toHaveLength(tries);
  });

  test('a suspended installation is told without trying to mint', async () => {
    suspend(forge, 'acme');
    const { requests } = await mintOn(forge, { base: 'acme', targets });
    expect(requests).toEqual(['GET /users/acme/installation']);
  });

  test('an address where nothing listens', async () => {
    await forge.close();
    const { failures } = await mintOn(forge, { base: 'acme', targets });
    expect(failures[0]?.failure).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('one owner that fails leaves the tokens of the others to be revoked', async () => {
    const { tokens, failures } = await mintOn(forge, { targets: ['nowhere/a', 'lab/stats'] });
    expect(tokens.map(({ account }) => account)).toEqual(['lab']);
    expect(failures.map(({ plan }) => plan.owner)).toEqual(['nowhere']);
  });

  test('a stop is told as a stop', async () => {
    const fetch = async () => {
      throw Object.assign(new Error('canary'), { name: 'AbortError' });
    };
    const { failures, said } = await mintOn(forge, { base: 'acme', targets, effects: { fetch } });
    expect(failures[0]?.failure.code).toBe('interrupted');
    expect(said).not.toContain('canary');
  });

  test('a mistake of ours is told as one', async () => {
    const { plans } = planMints([appUse({ targets: [`${forge.url}/acme/rnaseq`] })]);
    const effects = {
      now: () => new Date(),
      sleep: async () => undefined,
      random: () => 0,
      warn: () => undefined,
    };
    const { failures } = await mintAll(plans, new Map(), { ...effects, fetch: globalThis.fetch });
    expect(failures[0]?.failure.message).toContain('an unexpected error');
  });
});
