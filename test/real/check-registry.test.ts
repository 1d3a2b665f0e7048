import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkManifest } from '../app/check/checking.ts';
import { type RealRegistry, type RealUser, startRealRegistry } from './debian-registry.ts';

const all = ['pull', 'push', 'delete'];
const bot: RealUser = { name: 'bot', password: 'canary-bot', grants: { 'team/app': all, 'team/new': all } };
const reader: RealUser = { name: 'reader', password: 'canary-reader', grants: { 'team/app': ['pull'] } };
const stranger: RealUser = { name: 'stranger', password: 'canary-stranger', grants: {} };

let registry: RealRegistry;

async function checked(image: string, { name, password }: RealUser, { access = 'read', token = '' } = {}) {
  const target = `${registry.host}/${image}`.replace(/\/$/, '');
  const yaml = `version: 1
credentials:
  - { name: real, provider: registry, registry: '${registry.host}', username: ${name}, password: { env: PW }${token} }
registries: [{ registry: '${target}', access: ${access} }]
`;
  const { credentials, targets } = await checkManifest(yaml, { env: { PW: password } });
  expect(JSON.stringify([credentials, targets])).not.toContain('canary');
  return [credentials[0]?.status, targets[0]?.status, targets[0]?.message];
}

describe('docker-registry with htpasswd', () => {
  beforeAll(async () => {
    registry = await startRealRegistry('htpasswd', [bot]);
    await registry.push('team/app:1', bot);
  });
  afterAll(() => registry[Symbol.asyncDispose]());

  test.each([
    ['team/app', 'read', ['ok', 'ok', 'images can be pulled']],
    ['team/app', 'write', ['ok', 'ok', 'images can be pulled and pushed']],
    ['', 'read', ['ok', 'ok', 'it takes the credential; no image is named that could be tried']],
  ])('%s to %s', async (image, access, expected) => {
    expect(await checked(image, bot, { access })).toEqual(expected);
  });

  test('a namespace is proved by an image of its catalogue', async () => {
    expect(await checked('team', bot)).toEqual(['ok', 'ok', 'images can be pulled']);
    expect((await checked('nobody', bot)).slice(0, 2)).toEqual(['ok', 'unknown']);
  });

  test('a wrong password', async () => {
    expect((await checked('team/app', { ...bot, password: 'canary-wrong' })).slice(0, 2)).toEqual([
      'invalid',
      'denied',
    ]);
  });
});

describe('docker-registry with tokens', () => {
  let token = '';
  beforeAll(async () => {
    registry = await startRealRegistry('token', [bot, reader, stranger]);
    await registry.push('team/app:1', bot);
    const { headers } = await fetch(`http://${registry.host}/v2/`);
    const [, realm = ''] = /realm="http:\/\/([^/]+)\//.exec(headers.get('www-authenticate') ?? '') ?? [];
    token = `, token-realm: '${realm}'`;
  });
  afterAll(() => registry[Symbol.asyncDispose]());

  test.each([
    ['pulls', 'team/app', bot, 'read', ['ok', 'ok', 'images can be pulled']],
    ['pushes', 'team/app', bot, 'write', ['ok', 'ok', 'images can be pulled and pushed']],
    ['may only pull', 'team/app', reader, 'write', ['insufficient', 'denied', 'real may not push to it']],
    [
      'gets a token that grants nothing',
      'team/app',
      stranger,
      'read',
      ['insufficient', 'denied', 'real may not pull from it'],
    ],
    ['may begin an image', 'team/new', bot, 'read', ['ok', 'ok', 'its token service grants the access']],
  ] as const)('a login that %s', async (_what, image, user, access, expected) => {
    expect(await checked(image, user, { access, token })).toEqual(expected);
  });

  test('a wrong password', async () => {
    const wrong = { ...bot, password: 'canary-wrong' };
    expect((await checked('team/app', wrong, { token })).slice(0, 2)).toEqual(['invalid', 'denied']);
  });

  test('rule 12: the token service must be named where it is elsewhere', async () => {
    const [status, target, message] = await checked('team/app', bot);
    expect([status, target]).toEqual(['insufficient', 'denied']);
    expect(message).toContain('which the manifest does not name');
  });
});
