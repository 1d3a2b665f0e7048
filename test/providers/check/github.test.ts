import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { githubTime } from '../../../src/providers/check/github.ts';
import { type CheckOptions, checkManifest } from '../../app/check/checking.ts';

const day = 86_400_000;
const soon = new Date(Math.floor(Date.now() / 1000) * 1000 + 5.5 * day);
let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }, { name: 'acme/open', private: false }],
    tokens: [
      { token: 'ghp_canary-good', user: 'ada', owners: ['acme'], scopes: ['repo', 'admin:org'] },
      { token: 'ghp_canary-none', user: 'ada', scopes: [] },
      { token: 'ghp_canary-scope', user: 'ada', owners: ['acme'], access: 'none', scopes: ['read:user'] },
      { token: 'github_pat_canary-fine', user: 'ada', owners: ['acme'], expires: soon },
      { token: 'github_pat_canary-endless', user: 'ada', owners: ['acme'] },
      { token: 'github_pat_canary-none', user: 'ada', owners: ['acme'], access: 'none' },
      {
        token: 'ghp_canary-expired',
        owners: ['acme'],
        scopes: ['repo'],
        expires: new Date('2024-05-18T21:00:00Z'),
      },
      { token: 'ghp_canary-other', owners: ['other'], scopes: ['repo'] },
    ],
  });
});
afterAll(() => forge.close());

async function checked(
  token: string,
  { target = 'acme/rnaseq', more = '', ...options }: CheckOptions & { target?: string; more?: string } = {},
) {
  const credential = `{ name: acme, provider: github, url: ${forge.url}, token: { env: TOKEN }${more} }`;
  const yaml = `version: 1\ncredentials:\n  - ${credential}\nrepositories: [{ url: ${forge.url}/${target} }]\n`;
  const { credentials, targets } = await checkManifest(yaml, { env: { TOKEN: token }, ...options });
  expect(JSON.stringify([credentials, targets])).not.toContain('canary');
  return { credential: credentials[0], found: targets[0] };
}

describe('github tokens', () => {
  test('fine: classic, with scopes, and without an end', async () => {
    const { credential, found } = await checked('ghp_canary-good');
    expect(credential).toMatchObject({
      status: 'ok',
      identity: 'ada',
      scopes: ['repo', 'admin:org'],
      expiresAt: null,
      expirySource: 'host',
      missing: [],
    });
    expect(found).toMatchObject({ status: 'ok' });
  });

  test('expiring: fine-grained, which tells its end and no scopes', async () => {
    const { credential } = await checked('github_pat_canary-fine');
    expect(credential).toMatchObject({
      status: 'expiring',
      scopes: null,
      expiresAt: soon,
      expirySource: 'host',
      daysLeft: 5,
      hint: `Make a new one at ${forge.url}/settings/personal-access-tokens and replace the secret.`,
    });
  });

  test('a declared end that the host does not know is told', async () => {
    const { credential } = await checked('github_pat_canary-endless', { more: ', expires: 2030-01-01' });
    expect(credential).toMatchObject({
      status: 'ok',
      message: 'it works; it does not end, and not 2030-01-02 00:00 UTC as the manifest says',
    });
  });

  test.each([
    ['expired', 'ghp_canary-expired'],
    ['revoked', 'ghp_canary-gone'],
  ])('%s: GitHub says the same of both', async (_what, token) => {
    const { credential, found } = await checked(token);
    expect(credential).toMatchObject({
      status: 'invalid',
      message: 'GitHub does not accept it ("Bad credentials")',
    });
    expect(found).toMatchObject({ status: 'denied' });
  });

  test('expired, as the manifest knows', async () => {
    const { credential } = await checked('ghp_canary-expired', { more: ', expires: 2024-05-18' });
    expect(credential).toMatchObject({ status: 'expired', message: 'it expired on 2024-05-19 00:00 UTC' });
  });

  test('wrong scope: what to add is named', async () => {
    const { credential, found } = await checked('ghp_canary-scope');
    expect(credential).toMatchObject({
      status: 'insufficient',
      missing: ['repo'],
      hint: `Add repo at ${forge.url}/settings/tokens.`,
    });
    expect(found).toMatchObject({ status: 'denied', message: 'the token has no right to its contents' });
  });

  test('a classic token without any scope is enough for what anybody can read', async () => {
    const { credential } = await checked('ghp_canary-none', { target: 'acme/open' });
    expect(credential).toMatchObject({ status: 'ok', scopes: [] });
  });

  test('purposes take scopes of their own, and a scope brings others with it', async () => {
    const { credential } = await checked('ghp_canary-good', {
      more: ', purposes: [clone, webhooks, pull-requests]',
    });
    expect(credential).toMatchObject({ status: 'insufficient', missing: ['admin:repo_hook'] });
  });

  test('a fine-grained token is tried where it does not tell', async () => {
    forge.traffic.fail('/hooks', {
      status: 403,
      headers: { 'x-accepted-github-permissions': 'repository_hooks=read' },
      body: { message: 'Resource not accessible by personal access token' },
    });
    const { credential } = await checked('github_pat_canary-endless', { more: ', purposes: [webhooks]' });
    expect(credential).toMatchObject({ status: 'insufficient', missing: ['repository_hooks=read'] });
  });

  test('no right to contents, of a fine-grained token', async () => {
    const { credential, found } = await checked('github_pat_canary-none');
    expect(credential).toMatchObject({ status: 'insufficient', missing: [] });
    expect(found).toMatchObject({ hint: expect.stringContaining('Contents: read') });
  });

  test('no access to this repository', async () => {
    const { credential, found } = await checked('ghp_canary-other');
    expect(credential).toMatchObject({ status: 'ok' });
    expect(found).toMatchObject({ status: 'not-found' });
  });

  test('single sign-on: where to authorize', async () => {
    forge.traffic.fail('info/refs', {
      status: 403,
      headers: { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=A1' },
      body: 'The `acme` organization has enabled or enforced SAML SSO.\n',
    });
    const { found } = await checked('ghp_canary-good');
    expect(found).toMatchObject({
      status: 'denied',
      hint: 'Authorise the token at https://github.com/orgs/acme/sso?authorization_request=A1.',
    });
  });

  test('an installation token is nobody, and alive', async () => {
    forge.traffic.fail('GET /api/v3/user', {
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    });
    expect((await checked('ghp_canary-good')).credential).toMatchObject({ status: 'ok', identity: null });
  });

  test('a clock that is off by an hour', async () => {
    const now = () => new Date(soon.getTime() - 1.02 * day);
    forge.state.clockSkewMs = now().getTime() + 3_600_000 - Date.now();
    const { credential } = await checked('github_pat_canary-fine', { now });
    forge.state.clockSkewMs = 0;
    expect(credential).toMatchObject({ daysLeft: 0 });
    expect((await checked('github_pat_canary-fine', { now: () => new Date() })).credential).toMatchObject({
      daysLeft: 5,
    });
  });

  test("a host's words never show the token that it sends back", async () => {
    forge.traffic.fail('GET /api/v3/user', {
      status: 401,
      body: { message: 'Bad credentials: ghp_canary-good \u001b[31m::error::x' },
    });
    const { credential } = await checked('ghp_canary-good');
    expect(credential?.message).toBe('GitHub does not accept it ("Bad credentials: *** : :error: :x")');
  });

  test('nor the header that it sends back, with the user name in it', async () => {
    const basic = btoa('x-access-token:ghp_canary-good');
    forge.traffic.fail('info/refs', { status: 403, body: `No, ${basic} or ${encodeURIComponent(basic)}` });
    expect((await checked('ghp_canary-good')).found?.message).toBe('acme may not read it ("No, *** or ***")');
  });
});

test.each([
  ['2027-05-18 21:00:00 UTC', '2027-05-18T21:00:00.000Z'],
  ['2027-05-18 21:00:00 GMT', '2027-05-18T21:00:00.000Z'],
  ['2027-05-18 21:00:00 +0000', '2027-05-18T21:00:00.000Z'],
  ['2027-05-18 21:00:00 -0730', '2027-05-19T04:30:00.000Z'],
  ['2027-05-18 21:00:00 +02:00', '2027-05-18T19:00:00.000Z'],
  ['2027-05-18', undefined],
  ['soon', undefined],
  ['2027-13-18 21:00:00 UTC', undefined],
])('%s is %s', (text, iso) => {
  expect(githubTime(text)?.toISOString()).toBe(iso);
});
