import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { signInToRegistries } from '../../src/registries/sign-in.ts';
import { startVendor, type VendorServer } from './vendor-server.ts';

function jwt(claims: Record<string, unknown>): string {
  return ['{"alg":"none"}', JSON.stringify(claims), 'canary-signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
}

const entra = jwt({ tid: 'tenant-1', aud: 'https://containerregistry.azure.net' });
const refresh = jwt({ exp: 1795212000 });

function signIn(azure: VendorServer, hosts: readonly string[], token = entra) {
  const registries = hosts.map((host) => ({ host, segments: [] }));
  const request = {
    credential: 'acr',
    signIn: { kind: 'entra', token: new Secret(token) } as const,
    registries,
  };
  return signInToRegistries(request, { fetch: azure.fetch, now: () => new Date() });
}

describe('an Entra token', () => {
  test('is exchanged with each registry, for its tenant', async () => {
    await using azure = await startVendor(() => [200, { refresh_token: refresh }]);
    const logins = await signIn(azure, ['acme.azurecr.io', 'acme-d7f.azurecr.io', 'acme.azurecr.io']);
    expect(logins?.map((each) => [each.registries.length, each.login.username, each.expiresAt])).toEqual([
      [2, '00000000-0000-0000-0000-000000000000', new Date(1795212000_000)],
      [1, '00000000-0000-0000-0000-000000000000', new Date(1795212000_000)],
    ]);
    expect(logins?.[0]?.login.password.reveal()).toBe(refresh);
    expect(azure.requests.map(({ method, url, body }) => [method, url, body])).toEqual(
      ['acme.azurecr.io', 'acme-d7f.azurecr.io'].map((host) => [
        'POST',
        `https://${host}/oauth2/exchange`,
        `grant_type=access_token&service=${host}&tenant=tenant-1&access_token=${entra}`,
      ]),
    );
  });

  test('of an unknown form is sent as it is, and a refresh token without an end has none', async () => {
    await using azure = await startVendor(() => [200, { refresh_token: 'canary-opaque' }]);
    const [login] = (await signIn(azure, ['acme.azurecr.cn'], 'canary-no-jwt')) ?? [];
    expect(login?.expiresAt).toBe(null);
    expect(azure.requests[0]?.body).not.toContain('tenant');
  });

  test.each([
    'azurecr.io',
    'acme.azurecr.io.evil.example',
    'evil.example/.azurecr.io',
    'acme.azurecr.io:5000',
    'a.b.azurecr.io',
    '-acme.azurecr.io',
  ])('rule 10: %s gets no request', async (host) => {
    await using azure = await startVendor(() => [200, {}]);
    await expect(signIn(azure, [host])).rejects.toMatchObject({ code: 'refused' });
    expect(azure.requests).toEqual([]);
  });

  test.each([
    [401, {}, /did not accept the Entra token.*AcrPull/],
    [503, 'canary', /answered 503/],
    [200, { refresh_token: 'a b' }, /answered 200/],
    [200, null, /answered 200/],
  ])('%i %o', async (status, body, expected) => {
    await using azure = await startVendor(() => [status, body]);
    const failure = await signIn(azure, ['acme.azurecr.io']).catch((error) => error);
    expect(failure.code).toBe('mint-failed');
    expect(`${failure.message} | ${failure.hint}`).toMatch(expected);
    expect(`${failure.message} | ${failure.hint}`).not.toContain('canary');
  });
});
