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

  test('are of single sign-on only where they say so, not where a JWT happens to have the letters', async () => {
    forge.traffic.fail('access_tokens', { status: 403, body: { message: 'You sent eyJ0sAmLx9' } });
    const { said } = await mintOn(forge, { base: 'acme', targets });
    expect(said).toContain('a policy forbids it ("You sent eyJ0sAmLx9")');
  });

  test('cannot do so by the name of an owner, a permission or a repository either', async () => {
    const echo = (change: (jwt: string) => object): Fetch => {
      return async (url, init) => {
        const jwt = init?.headers?.authorization?.split(' ')[1] ?? '';
        if (init?.method === 'DELETE') return new Response(null, { status: 204 });
        return Response.json(change(jwt), { status: /installation$/.test(String(url)) ? 200 : 201 });
      };
    };
    const place = { id: 1, account: { login: 'acme' } };
    const token = { token: 'canary-minted', expires_at: new Date(Date.now() + 3_600_000) };
    const permissions = { contents: 'read', metadata: 'read' };
    const answers = [
      (jwt: string) => ({ ...place, account: { login: jwt } }),
      (jwt: string) => ({ ...place, ...token, permissions: { [`canary-minted ${jwt}`]: 'read' } }),
      (jwt: string) => ({
        ...place,
        ...token,
        permissions,
        repositories: [{ name: `canary-minted ${jwt}`, owner: { login: 'acme' } }],
      }),
    ];
    const said = await Promise.all(
      answers.map((change) => mintOn(forge, { base: 'acme', targets, effects: { fetch: echo(change) } })),
    );
    expect(said.map((one) => one.said.split('\n')[0])).toEqual([
      'acme-app mints no token for acme: its installation is that of ***.',
      'acme-app mints no token for acme: it was given *** ***: read unasked.',
      'acme-app mints no token for acme: it was given *** *** unasked.',
    ]);
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
