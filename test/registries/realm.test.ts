import { describe, expect, test } from 'vitest';
import { apiHost, trustedRealm } from '../../src/registries/realm.ts';

describe('rule 12: a token service gets the password only', () => {
  const allowed = (realm: string, host: string, named: string[] = []) =>
    trustedRealm(realm, { host, named })?.href ?? null;

  test.each([
    ['on the registry itself', 'https://registry.example.com/token', 'registry.example.com', []],
    ['on its port', 'https://registry.example.com:5000/token', 'registry.example.com:5000', []],
    ['of Docker Hub', 'https://auth.docker.io/token', 'docker.io', []],
    ['of gitlab.com', 'https://gitlab.com/jwt/auth', 'registry.gitlab.com', []],
    [
      'named by the manifest',
      'https://git.example.com/jwt/auth',
      'registry.example.com',
      ['git.example.com'],
    ],
    ['on loopback over http', 'http://127.0.0.1:5000/token', '127.0.0.1:5000', []],
    ['with a query of its own', 'https://quay.io/v2/auth?kind=a', 'quay.io', []],
  ])('%s', (_, realm, host, named) => {
    expect(allowed(realm, host, named)).toBe(realm);
  });

  test.each([
    ['another host', 'https://evil.example/token', 'registry.example.com', []],
    ['a subdomain', 'https://auth.registry.example.com/token', 'registry.example.com', []],
    ['a parent domain', 'https://example.com/token', 'registry.example.com', []],
    ['another port', 'https://registry.example.com:8443/token', 'registry.example.com', []],
    [
      'a host that only starts the same',
      'https://gitlab.com.evil.example/jwt/auth',
      'registry.gitlab.com',
      [],
    ],
    ["another vendor's", 'https://auth.docker.io/token', 'registry.gitlab.com', []],
    ['http', 'http://registry.example.com/token', 'registry.example.com', []],
    ['http to loopback from elsewhere', 'http://127.0.0.1/token', 'registry.example.com', ['127.0.0.1']],
    ['user info', 'https://a:b@registry.example.com/token', 'registry.example.com', []],
    ['a host in the user info', 'https://registry.example.com@evil.example/', 'registry.example.com', []],
    ['another scheme', 'ftp://registry.example.com/token', 'registry.example.com', []],
    ['no address', 'registry.example.com', 'registry.example.com', []],
    ['nothing', '', 'registry.example.com', []],
  ])('not %s', (_, realm, host, named) => {
    expect(allowed(realm, host, named)).toBe(null);
  });
});

test('the distribution API of Docker Hub has a name of its own', () => {
  expect([apiHost('docker.io'), apiHost('ghcr.io')]).toEqual(['registry-1.docker.io', 'ghcr.io']);
});
