import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';

let forge: Forge;
beforeAll(async () => {
  forge = await startForge({ tokens: [{ token: 'canary-token' }] });
});
afterAll(() => forge.close());
beforeEach(() => {
  forge.traffic.requests.length = 0;
  forge.traffic.latencyMs = 0;
});

function user(init: RequestInit = {}): Promise<Response> {
  return fetch(`${forge.apiUrl}/user`, { headers: { authorization: 'Bearer canary-token' }, ...init });
}

test('every request is logged, with how it signed in and what was answered', async () => {
  await user();
  await fetch(`${forge.apiUrl}/rate_limit?x=1`);
  expect(forge.traffic.requests).toMatchObject([
    {
      method: 'GET',
      path: '/api/v3/user',
      authorization: 'bearer',
      header: 'Bearer canary-token',
      status: 200,
    },
    { path: '/api/v3/rate_limit?x=1', authorization: 'none', header: '', status: 200 },
  ]);
});

test('a fault is answered as often as asked for, the first that matches first', async () => {
  forge.traffic.fail('GET /api/v3/user', { status: 503 }, 2);
  forge.traffic.fail(/user$/, {
    status: 403,
    headers: { 'retry-after': '7' },
    body: { message: 'Slow down' },
  });
  const statuses = [await user(), await user(), await user(), await user()].map(({ status }) => status);
  expect(statuses).toEqual([503, 503, 403, 200]);
  expect(forge.traffic.requests.map(({ status }) => status)).toEqual(statuses);
});

test('a fault may be a redirect, a page, or nothing that can be read', async () => {
  forge.traffic.fail('user', { status: 302, headers: { location: 'http://127.0.0.1:9/stolen' } });
  expect((await user({ redirect: 'manual' })).headers.get('location')).toBe('http://127.0.0.1:9/stolen');
  forge.traffic.fail('user', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' });
  const page = await user();
  expect([page.headers.get('content-type'), await page.text()]).toEqual(['text/html', '<html>']);
});

test('connections are reset, cut, or left hanging', async () => {
  forge.traffic.fail('user', 'reset');
  await expect(user()).rejects.toThrow();
  forge.traffic.fail('user', 'cut');
  await expect(user().then((response) => response.text())).rejects.toThrow();
  forge.traffic.fail('user', 'lose');
  await expect(user()).rejects.toThrow();
  expect(forge.traffic.requests.at(-1)?.status).toBeUndefined();
  forge.traffic.fail(({ authorization }) => authorization === 'bearer', 'hang');
  await expect(user({ signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/);
});

test('answers take as long as they are told to', async () => {
  forge.traffic.latencyMs = 60;
  const start = performance.now();
  await Promise.all([user(), user(), user()]);
  expect(performance.now() - start).toBeGreaterThan(55);
});

test('rule 31: a server answers for its own names only', async () => {
  const statusFor = (host: string): Promise<number | undefined> =>
    new Promise((resolve) => {
      request(`${forge.url}/api/v3/rate_limit`, { headers: { host, 'user-agent': 'test' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
  expect(await statusFor(forge.host)).toBe(200);
  expect(await statusFor('localhost:1234')).toBe(200);
  expect(await statusFor('rebound.example.com')).toBe(421);
});

test('a closed forge leaves no port, no process waiting, and no folder', async () => {
  const other = await startForge({ repositories: [{ name: 'acme/rnaseq' }] });
  other.traffic.fail('user', 'hang');
  const [{ folder } = { folder: '' }] = other.state.repositories.values();
  expect(existsSync(folder)).toBe(true);
  const hanging = expect(fetch(`${other.apiUrl}/user`)).rejects.toThrow();
  await expect.poll(() => other.traffic.requests.length).toBe(1);
  await other.close();
  await hanging;
  await expect(fetch(other.apiUrl)).rejects.toThrow();
  expect(existsSync(folder)).toBe(false);
});
