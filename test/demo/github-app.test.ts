import { createAppAuth } from '@octokit/auth-app';
import { request } from '@octokit/request';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App, Installation } from '../../src/demo/forge/state.ts';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { appJwt, type JwtClaims } from './app-jwt.ts';

let forge: Forge;
let app: App;
let stranger: App;
beforeAll(async () => {
  forge = await startForge({
    users: ['ada'],
    repositories: ['acme/rnaseq', 'acme/other', 'lab/stats', 'lab/secret'].map((name) => ({ name })),
    apps: [
      {
        slug: 'pipelines',
        permissions: { contents: 'write', packages: 'read' },
        installations: [
          { account: 'acme' },
          { account: 'lab', repositories: ['stats'], permissions: { contents: 'read' } },
          { account: 'gone', suspended: true },
          { account: 'ada' },
        ],
      },
      { slug: 'stranger' },
    ],
  });
  app = forge.app('pipelines');
  stranger = forge.app('stranger');
});
afterAll(() => forge.close());

interface Called {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what the API says is what the tests look at
  readonly body: any;
}

async function call(
  path: string,
  token: string,
  init: { method?: string; body?: object } = {},
): Promise<Called> {
  const body = init.body === undefined ? null : JSON.stringify(init.body);
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${forge.apiUrl}${path}`, { ...init, body, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

function installationOn(account: string): Installation {
  const found = forge.state.installations.find((one) => one.account.login === account);
  if (found === undefined) throw new Error(account);
  return found;
}

function mint(account: string, body: object = {}): Promise<Called> {
  return call(`/app/installations/${installationOn(account).id}/access_tokens`, appJwt(app), {
    method: 'POST',
    body,
  });
}

const names = (called: Called): string[] =>
  called.body.repositories.map(({ full_name }: { full_name: string }) => full_name);

test('the usual client finds its installation, mints a token for one repository, and revokes it', async () => {
  const auth = createAppAuth({
    appId: app.clientId,
    privateKey: app.privateKey,
    request: request.defaults({ baseUrl: forge.apiUrl }),
  });
  const { id, account } = (await call('/users/ACME/installation', (await auth({ type: 'app' })).token)).body;
  expect(account.login).toBe('acme');
  const { token, permissions } = await auth({
    type: 'installation',
    installationId: id,
    repositoryNames: ['rnaseq'],
    permissions: { contents: 'read' },
  });
  expect(token).toMatch(/^ghs_demo/);
  expect(permissions).toEqual({ contents: 'read', metadata: 'read' });
  expect(names(await call('/installation/repositories', token))).toEqual(['acme/rnaseq']);
  expect((await call('/repos/acme/other', token)).status).toBe(404);
  expect((await call('/installation/token', token, { method: 'DELETE' })).status).toBe(204);
  expect((await call('/rate_limit', token)).status).toBe(401);
});

describe('an App', () => {
  const in600 = Math.floor(Date.now() / 1000) + 600;
  const far = "'Expiration time' claim ('exp') is too far in the future";
  const past =
    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  const issued =
    "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  const undecodable = 'A JSON web token could not be decoded';
  test.each<[string, JwtClaims, number, string]>([
    ['far expiry', { exp: in600 + 60 }, 401, far],
    ['past expiry', { exp: in600 - 700 }, 401, past],
    ['fractional expiry', { exp: in600 - 100.5 }, 401, past],
    ['future issue', { iat: in600 - 540 }, 401, issued],
    ['textual issue', { iat: 'now' }, 401, issued],
    ['an unknown App', { iss: 4711 }, 404, 'Integration not found'],
  ])('is refused for %s in the words of GitHub', async (_, claims, status, message) => {
    expect(await call('/app', appJwt(app, claims))).toMatchObject({ status, body: { message } });
  });

  test('is refused with the key of another, with a broken signature, and with a token', async () => {
    const jwt = appJwt(app);
    for (const wrong of [appJwt(app, {}, stranger.privateKey), jwt.slice(0, -4), `${jwt}AAAA`, 'ghs_demo']) {
      expect((await call('/app', wrong)).status).toBe(401);
    }
    expect((await call('/app', appJwt(app, {}, stranger.privateKey))).body.message).toBe(undecodable);
  });

  test.each(['clientId', 'id'] as const)('may name itself by %s', async (name) => {
    const { status, body } = await call('/app', appJwt(app, { iss: app[name] }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: app.id,
      slug: 'pipelines',
      client_id: app.clientId,
      installations_count: 4,
    });
  });

  test('with a slow clock finds the time of the forge in its answers', async () => {
    forge.state.clockSkewMs = 3_600_000;
    try {
      const refused = await call('/app', appJwt(app));
      expect(refused.body.message).toBe(past);
      const now = Math.floor(Date.parse(refused.headers.get('date') ?? '') / 1000);
      expect((await call('/app', appJwt(app, { iat: now - 60, exp: now + 540 }))).status).toBe(200);
    } finally {
      forge.state.clockSkewMs = 0;
    }
  });

  test.each([
    ['/users/acme/installation', 200, 'acme'],
    ['/orgs/acme/installation', 200, 'acme'],
    ['/users/ada/installation', 200, 'ada'],
    ['/orgs/ada/installation', 404, undefined],
    ['/repos/lab/stats/installation', 200, 'lab'],
    ['/repos/lab/secret/installation', 404, undefined],
    ['/repos/acme/none/installation', 404, undefined],
    ['/users/nobody/installation', 404, undefined],
  ])('asks %s', async (path, status, login) => {
    const answered = await call(path, appJwt(app));
    expect([answered.status, answered.body.account?.login]).toEqual([status, login]);
  });

  test('lists its installations page by page', async () => {
    const first = await call('/app/installations?per_page=3', appJwt(app));
    expect(first.body.map((one: { account: { login: string } }) => one.account.login)).toEqual([
      'acme',
      'lab',
      'gone',
    ]);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await call(next.slice(forge.apiUrl.length), appJwt(app));
    expect(second.body).toHaveLength(1);
    expect(second.headers.get('link')).not.toContain('next');
  });
});

describe('a minted token', () => {
  const notGranted = 'The permissions requested are not granted to this installation.';
  const inaccessible =
    'There is at least one repository that does not exist or is not accessible to the parent installation.';
  test.each([
    ['lab', { repositories: ['secret'] }, 422, inaccessible],
    ['lab', { repositories: ['lab/stats'] }, 422, inaccessible],
    ['lab', { repository_ids: [1] }, 422, inaccessible],
    ['lab', { permissions: { contents: 'write' } }, 422, notGranted],
    ['acme', { permissions: { administration: 'read' } }, 422, notGranted],
    ['gone', {}, 403, 'This installation has been suspended'],
  ])('of %s with %j is refused', async (account, body, status, message) => {
    expect(await mint(account, body)).toMatchObject({ status, body: { message } });
  });

  test('of an installation that is not there, or of another App, is not found', async () => {
    const path = `/app/installations/${installationOn('acme').id}/access_tokens`;
    expect((await call(path, appJwt(stranger), { method: 'POST' })).status).toBe(404);
    expect((await call('/app/installations/1/access_tokens', appJwt(app), { method: 'POST' })).status).toBe(
      404,
    );
  });

  test('lasts an hour and has what the installation has, if nothing less is asked for', async () => {
    const { status, body } = await mint('lab');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      permissions: { contents: 'read', metadata: 'read' },
      repository_selection: 'selected',
    });
    expect(body.expires_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(body.expires_at) - Date.now()).toBeGreaterThan(3_590_000);
    expect(names(await call('/installation/repositories', body.token))).toEqual(['lab/stats']);
    expect((await call('/user', body.token)).body.message).toBe('Resource not accessible by integration');
  });

  test('names the repositories it was asked for', async () => {
    const { id } = (await call('/repos/acme/other', (await mint('acme')).body.token)).body;
    const { body } = await mint('acme', { repositories: ['RNAseq'], repository_ids: [id] });
    expect(names({ ...(await mint('acme')), body })).toEqual(['acme/rnaseq', 'acme/other']);
  });

  test('dies after its hour, with its installation, and is not alive before it is replicated', async () => {
    const { token } = (await mint('acme')).body;
    const status = async () => (await call('/installation/repositories', token)).status;
    forge.state.replicationMs = 60_000;
    expect(await status()).toBe(401);
    forge.state.replicationMs = 0;
    expect(await status()).toBe(200);
    forge.state.clockSkewMs = 3_600_001;
    expect(await status()).toBe(401);
    forge.state.clockSkewMs = 0;
    installationOn('acme').suspended = true;
    expect(await status()).toBe(403);
    installationOn('acme').suspended = false;
  });
});
