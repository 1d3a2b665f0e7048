import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fetch } from '../../../src/core/http/fetch.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { mintOn, ownKey } from './minting.ts';

let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }],
    apps: [{ slug: 'pipelines', privateKey: ownKey, installations: [{ account: 'acme' }] }],
  });
});
afterAll(() => forge.close());

const targets = ['acme/rnaseq'];

describe("rule 27: a host's words", () => {
  test('cannot get our JWT printed by sending it back, in any form', async () => {
    const sent: string[] = [];
    const fetch: Fetch = async (_url, init) => {
      const jwt = init?.headers?.authorization?.split(' ')[1] ?? '';
      sent.push(jwt);
      const message = `You sent ${jwt} or ${btoa(jwt)} or ${encodeURIComponent(jwt)}`;
      return new Response(JSON.stringify({ message }), {
        status: 403,
        headers: { 'content-type': 'application/json' },
      });
    };
    const { said } = await mintOn(forge, { base: 'acme', targets, effects: { fetch } });
    expect(sent[0]).toMatch(/^ey.*\..*\..{300}/);
    expect(said).toContain('("You sent *** or *** or ***")');
  });

  test('are one short line that no CI obeys', async () => {
    const evil = `::error::x\r\n##[error]y \u202e\u001b]0;z\u0007 ${'long '.repeat(100)}`;
    forge.traffic.fail('access_tokens', { status: 403, body: { message: evil } });
    const { failures } = await mintOn(forge, { base: 'acme', targets });
    const message = failures[0]?.failure.message ?? '';
    expect(message).toContain('(": :error: :x # #[error]y long');
    expect(message.length).toBeLessThan(300);
  });
});
