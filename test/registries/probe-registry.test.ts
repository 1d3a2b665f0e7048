import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, type RegistryOptions, startRegistry } from '../../src/demo/registry.ts';
import { type CheckOptions, checkManifest } from '../app/check/checking.ts';

const users = [
  { username: 'bot', password: 'canary-bot', namespaces: ['team'] },
  { username: 'reader', password: 'canary-reader', namespaces: ['team'], access: 'read' as const },
];
const options: RegistryOptions = {
  users,
  images: ['team/app:1', 'other/app:1', 'open/app:1'],
  public: ['open'],
};

async function checked(
  registry: Registry,
  target: string,
  {
    user = 'bot',
    password = `canary-${user}`,
    more = '',
    ...rest
  }: CheckOptions & { user?: string; password?: string; more?: string } = {},
) {
  const credential = `{ name: hub, provider: registry, registry: "${registry.host}", username: ${user}, password: { env: PW }${more} }`;
  const yaml = `version: 1\ncredentials:\n  - ${credential}\nregistries: [${target}]\n`;
  const { credentials, targets } = await checkManifest(yaml, { env: { PW: password }, ...rest });
  expect(JSON.stringify([credentials, targets])).not.toContain('canary');
  return { credential: credentials[0], found: targets[0] };
}

describe.each(['token', 'basic'] as const)('a registry with %s sign-in', (auth) => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ ...options, auth });
  });
  afterAll(() => registry.close());

  test('an image can be pulled: proved by asking for a tag', async () => {
    registry.traffic.requests.length = 0;
    const { credential, found } = await checked(registry, `"${registry.host}/team/app:1"`);
    expect(credential).toMatchObject({ status: 'ok' });
    expect(found).toMatchObject({ status: 'ok', message: 'images can be pulled', proof: 'credential' });
    expect(registry.traffic.requests.at(-1)?.path).toBe('/v2/team/app/tags/list?n=1');
  });

  test('an image can be pushed to: an upload is begun and called off', async () => {
    const target = `{ registry: "${registry.host}/team/app", access: write }`;
    expect((await checked(registry, target)).found).toMatchObject({
      status: 'ok',
      message: 'images can be pulled and pushed',
    });
    expect(registry.store.uploads.size).toBe(0);
    const { credential, found } = await checked(registry, target, { user: 'reader' });
    expect(found).toMatchObject({ status: 'denied' });
    expect(credential).toMatchObject({ status: 'insufficient' });
  });

  test('a login that grants nothing there is told from a wrong one', async () => {
    const other = await checked(registry, `"${registry.host}/other/app"`);
    expect(other.credential).toMatchObject({ status: 'insufficient' });
    expect(other.found).toMatchObject({ status: 'denied', message: 'hub may not pull from it' });
    const wrong = await checked(registry, `"${registry.host}/team/app"`, { password: 'canary-wrong' });
    expect(wrong.credential).toMatchObject({
      status: 'invalid',
      message: `${registry.host} does not accept it`,
    });
    expect(wrong.found).toMatchObject({ status: 'denied' });
  });

  test('a host alone proves the sign-in, and says that it is no more', async () => {
    const { found } = await checked(registry, `"${registry.host}"`);
    expect(found).toMatchObject({
      status: 'ok',
      message: 'it takes the credential; no image is named that could be tried',
    });
  });

  test('a namespace is no image: what is not known is said', async () => {
    const { credential, found } = await checked(registry, `"${registry.host}/team"`);
    expect(credential).toMatchObject({ status: 'ok' });
    expect(found).toMatchObject({
      status: 'unknown',
      hint: 'Name an image below it to have the access proved.',
    });
  });

  test('an end that the manifest declares', async () => {
    const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    const { credential } = await checked(registry, `"${registry.host}/team/app"`, {
      more: `, expires: ${soon}`,
    });
    expect(credential).toMatchObject({ status: 'expiring', expirySource: 'manifest' });
    const over = await checked(registry, `"${registry.host}/open/app"`, {
      more: ', expires: 2020-01-01',
      password: 'canary-wrong',
    });
    expect(over.credential).toMatchObject({ status: 'expired' });
  });

  test.concurrent.each([
    ['is limited', { status: 429, headers: { 'retry-after': '3600' }, body: {} }, 'unknown', 'unknown'],
    ['fails', { status: 502, body: 'bad' }, 'unreachable', 'unreachable'],
    ['is no registry', { status: 404, body: 'no' }, 'unknown', 'not-found'],
    ['resets', 'reset' as const, 'unreachable', 'unreachable'],
  ])('one that %s', async (_what, fault, credential, target) => {
    await using broken = await startRegistry({ ...options, auth });
    broken.traffic.fail(/./, fault, 99);
    const result = await checked(broken, `"${broken.host}/team/app"`);
    expect([result.credential?.status, result.found?.status]).toEqual([credential, target]);
  });
});

test('what anybody can pull needs no credential', async () => {
  await using registry = await startRegistry(options);
  const yaml = (image: string) => `version: 1\nregistries: ["${registry.host}/${image}"]\n`;
  expect((await checkManifest(yaml('open/app'))).targets).toMatchObject([
    { status: 'anonymous', credential: null, message: 'anybody can pull from it' },
  ]);
  expect((await checkManifest(yaml('team/app'))).targets).toMatchObject([{ status: 'denied' }]);
});

test('rule 12: a password goes to no token service that nobody named', async () => {
  await using other = await startRegistry(options);
  await using registry = await startRegistry({ ...options, realm: `${other.url}/token` });
  const { credential, found } = await checked(registry, `"${registry.host}/team/app"`);
  expect(credential).toMatchObject({ status: 'insufficient' });
  expect(found).toMatchObject({
    status: 'denied',
    hint: 'If that is its token service, add `token-realm` to the credential.',
  });
  expect(other.traffic.requests).toEqual([]);
  const named = await checked(registry, `"${registry.host}/team/app"`, {
    more: `, token-realm: "${other.host}"`,
  });
  expect(named.found).not.toMatchObject({ message: expect.stringContaining('wants the password sent') });
});
