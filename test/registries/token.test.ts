import { describe, expect, test } from 'vitest';
import type { Fetch } from '../../src/core/http/fetch.ts';
import { Secret } from '../../src/core/secret.ts';
import { type RegistryOptions, startRegistry } from '../../src/demo/registry.ts';
import { type EntryQuestion, enterRegistry } from '../../src/registries/token.ts';
import { createHttp } from '../../src/system/http.ts';

const password = 'canary-registry-password';
const login = { username: 'robot$lab', password: new Secret(password) };

/** Starts a registry with one user, and asks it; tells the answer with the secret shown, and what went over the line. */
async function ask(question: Partial<EntryQuestion> = {}, options: RegistryOptions = {}) {
  await using registry = await startRegistry({
    users: [{ username: 'robot$lab', password, namespaces: ['team'] }],
    ...options,
  });
  const http = createHttp({ env: {} });
  const asked = { host: registry.host, named: [], login, scopes: [], ...question };
  try {
    const entry = await enterRegistry(asked, http.fetch);
    const header = entry.kind === 'open' ? (entry.authorization?.reveal() ?? null) : null;
    const pull = await http.fetch(`${registry.url}/v2/team/app/tags/list`, {
      headers: header === null ? {} : { authorization: header },
    });
    return { entry, header, pulled: pull.status, requests: registry.traffic.requests };
  } finally {
    http.close();
  }
}

describe('entering a registry', () => {
  const scopes = ['repository:team/app:pull'];

  test('with a token service: the token opens what was asked for', async () => {
    const { entry, header, pulled, requests } = await ask({ scopes });
    expect(entry).toMatchObject({
      kind: 'open',
      origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(header).toMatch(/^Bearer /);
    expect(pulled).toBe(200);
    expect(requests.map(({ path }) => path)).toEqual([
      '/v2/',
      '/token?service=demo-registry&scope=repository%3Ateam%2Fapp%3Apull',
      '/v2/team/app/tags/list',
    ]);
  });

  test('with a token service: a good login without rights gets a token that opens nothing', async () => {
    const { entry, pulled } = await ask({ scopes: ['repository:other/app:pull'] });
    expect([entry.kind, pulled]).toEqual(['open', 401]);
  });

  test('by Basic', async () => {
    const { header, pulled } = await ask({}, { auth: 'basic' });
    expect(header).toBe(`Basic ${Buffer.from(`robot$lab:${password}`).toString('base64')}`);
    expect(pulled).toBe(200);
  });

  test.each(['token', 'basic'] as const)('a wrong password is refused: %s', async (auth) => {
    const wrong = { ...login, password: new Secret('canary-wrong-password') };
    expect((await ask({ login: wrong }, { auth })).entry).toEqual({ kind: 'login-refused', status: 401 });
  });

  test('nobody signs in: what is public opens', async () => {
    const { entry, pulled } = await ask({ login: null, scopes }, { public: ['team'] });
    expect([entry.kind, pulled]).toEqual(['open', 200]);
  });
});

describe('what else a registry may answer', () => {
  test('rule 12: a foreign realm gets no request at all', async () => {
    await using thief = await startRegistry();
    const realm = `${thief.url}/token`;
    const { entry } = await ask({}, { realm });
    expect(entry).toEqual({ kind: 'realm-refused', realm });
    expect(thief.traffic.requests).toEqual([]);
  });

  test('rule 12: a realm that the manifest names gets the password', async () => {
    await using service = await startRegistry({ users: [{ username: 'robot$lab', password }] });
    const { entry } = await ask({ named: [service.host] }, { realm: `${service.url}/token` });
    expect(entry.kind).toBe('open');
    expect(service.traffic.requests.map(({ authorization }) => authorization)).toEqual(['basic']);
  });

  /** Answers in turn, whatever is asked. */
  function answering(...answers: Response[]): Fetch {
    return async () => answers.shift() ?? Response.error();
  }
  const challenged = () =>
    new Response('', { status: 401, headers: { 'www-authenticate': 'Bearer realm="https://a.example/t"' } });
  const question = { host: 'a.example', named: [], login, scopes: [] };

  test.each([
    [{ kind: 'open', origin: 'https://a.example', authorization: null }, [new Response('{}')]],
    [{ kind: 'not-a-registry', status: 404 }, [new Response('', { status: 404 })]],
    [{ kind: 'not-a-registry', status: 401 }, [new Response('', { status: 401 })]],
    [{ kind: 'no-token', status: 503 }, [challenged(), new Response('', { status: 503 })]],
    [
      { kind: 'no-token', status: 302 },
      [challenged(), new Response('', { status: 302, headers: { location: 'https://evil.example/' } })],
    ],
    [{ kind: 'no-token', status: 200 }, [challenged(), new Response('<html>')]],
    [{ kind: 'no-token', status: 200 }, [challenged(), Response.json({ token: 'a\r\nhost: b' })]],
    [{ kind: 'no-token', status: 200 }, [challenged(), Response.json(null)]],
    [{ kind: 'login-refused', status: 403 }, [challenged(), new Response('', { status: 403 })]],
  ])('%o', async (expected, answers) => {
    const entry = await enterRegistry(question, answering(...answers));
    expect(entry).toEqual(expected);
  });

  test('a token service that says `access_token`', async () => {
    const answers = [challenged(), Response.json({ access_token: 'canary-access' })];
    const entry = await enterRegistry(question, answering(...answers));
    expect(entry.kind === 'open' && entry.authorization?.reveal()).toBe('Bearer canary-access');
  });
});
