import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, startRegistry } from '../../src/demo/registry.ts';

const users = [
  { username: 'team-bot', password: 'canary-team', namespaces: ['team'] },
  { username: 'reader', password: 'canary-reader', namespaces: ['team/app'], access: 'read' as const },
];
let byToken: Registry;
let byBasic: Registry;
beforeAll(async () => {
  const images = ['team/app:1', 'team/app:2', 'team-evil/app:1', 'open/app:1'];
  byToken = await startRegistry({ users, images, public: ['open'] });
  byBasic = await startRegistry({ users, images, public: ['open'], auth: 'basic' });
});
afterAll(() => Promise.all([byToken.close(), byBasic.close()]));

const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`;

async function statusOf(url: string, header?: string, method = 'GET'): Promise<number> {
  const headers = header === undefined ? {} : { authorization: header };
  return (await fetch(url, { method, headers })).status;
}

/** Asks for a token by the GET form; the whole answer. */
async function ask(scope: string, login?: string): Promise<{ status: number; token: string }> {
  const query = new URLSearchParams({ service: 'demo-registry', scope });
  const headers = login === undefined ? {} : { authorization: basic(login) };
  const response = await fetch(`${byToken.url}/token?${query}`, { headers });
  const body = (await response.json()) as { token: string };
  return { status: response.status, token: body.token };
}

describe('a registry with a token service', () => {
  test('says where its tokens come from and what for', async () => {
    const response = await fetch(`${byToken.url}/v2/team/app/manifests/1`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer realm="${byToken.url}/token",service="demo-registry",scope="repository:team/app:pull"`,
    );
    expect(await statusOf(`${byToken.url}/v2/`)).toBe(401);
  });

  test.each([
    { who: 'its user', login: 'team-bot:canary-team', name: 'team/app', asked: 200, read: 200 },
    {
      who: 'a user of another namespace',
      login: 'team-bot:canary-team',
      name: 'team-evil/app',
      asked: 200,
      read: 401,
    },
    { who: 'nobody', login: undefined, name: 'team/app', asked: 200, read: 401 },
    { who: 'nobody, where it is open', login: undefined, name: 'open/app', asked: 200, read: 200 },
    { who: 'a wrong password', login: 'team-bot:canary-wrong', name: 'team/app', asked: 401, read: 401 },
  ])('gives $who a token for what it may do in $name', async ({ login, name, asked, read }) => {
    const { status, token } = await ask(`repository:${name}:pull`, login);
    expect(status).toBe(asked);
    expect(await statusOf(`${byToken.url}/v2/${name}/tags/list?n=1`, `Bearer ${token}`)).toBe(read);
  });

  test('grants the part of a scope that is allowed', async () => {
    const { token } = await ask('repository:team/app:pull,push', 'reader:canary-reader');
    expect(await statusOf(`${byToken.url}/v2/team/app/manifests/1`, `Bearer ${token}`, 'HEAD')).toBe(200);
    const push = await fetch(`${byToken.url}/v2/team/app/blobs/uploads/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(push.status).toBe(401);
    expect(push.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  });

  test('takes a password once and a refresh token from then on (OAuth2)', async () => {
    const post = async (form: Record<string, string>) => {
      const body = new URLSearchParams({
        service: 'demo-registry',
        scope: 'repository:team/app:pull',
        ...form,
      });
      const response = await fetch(`${byToken.url}/token`, { method: 'POST', body });
      return (await response.json()) as { access_token: string; refresh_token: string };
    };
    const login = {
      grant_type: 'password',
      username: 'team-bot',
      password: 'canary-team',
      access_type: 'offline',
    };
    const { refresh_token } = await post(login);
    const { access_token } = await post({ grant_type: 'refresh_token', refresh_token });
    expect(await statusOf(`${byToken.url}/v2/team/app/manifests/2`, `Bearer ${access_token}`)).toBe(200);
    expect(await post({ ...login, password: 'canary-wrong' })).toHaveProperty('errors');
  });

  test('does not accept Basic beside its tokens', async () => {
    expect(await statusOf(`${byToken.url}/v2/team/app/manifests/1`, basic('team-bot:canary-team'))).toBe(401);
  });
});

test.each([
  { who: 'its user', login: 'team-bot:canary-team', path: 'team/app/manifests/1', status: 200 },
  {
    who: 'its user, an unknown tag',
    login: 'team-bot:canary-team',
    path: 'team/app/manifests/3',
    status: 404,
  },
  {
    who: 'a user of another namespace',
    login: 'team-bot:canary-team',
    path: 'team-evil/app/manifests/1',
    status: 403,
  },
  { who: 'a wrong password', login: 'team-bot:canary-wrong', path: 'team/app/manifests/1', status: 401 },
  { who: 'nobody', login: undefined, path: 'team/app/manifests/1', status: 401 },
  { who: 'nobody, where it is open', login: undefined, path: 'open/app/manifests/1', status: 200 },
])('a registry with Basic answers $who with $status', async ({ login, path, status }) => {
  expect(await statusOf(`${byBasic.url}/v2/${path}`, login && basic(login))).toBe(status);
});

test('a registry refuses a blob that is not what its digest says', async () => {
  const headers = { authorization: basic('team-bot:canary-team') };
  const url = `${byBasic.url}/v2/team/new/blobs/uploads/?digest=sha256:${'0'.repeat(64)}`;
  const response = await fetch(url, { method: 'POST', headers, body: 'something else' });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { errors: [{ code: 'DIGEST_INVALID' }] },
  ]);
});

test('a registry logs requests and fails on demand', async () => {
  byBasic.traffic.fail('GET /v2/', { status: 429, headers: { 'retry-after': '7' }, body: { errors: [] } });
  const answered = await fetch(`${byBasic.url}/v2/`);
  expect([answered.status, answered.headers.get('retry-after')]).toEqual([429, '7']);
  byBasic.traffic.fail(/token|v2/, 'reset');
  await expect(fetch(`${byBasic.url}/v2/`)).rejects.toThrow();
  expect(byBasic.traffic.requests.at(-1)).toMatchObject({
    method: 'GET',
    path: '/v2/',
    authorization: 'none',
  });
});
