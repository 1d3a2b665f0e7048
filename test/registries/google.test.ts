import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { signInToGoogle } from '../../src/registries/google.ts';

const registries = ['europe-docker.pkg.dev', 'docker.europe-west3.rep.pkg.dev', 'gcr.io', 'eu.gcr.io'].map(
  (host) => ({ host, segments: ['lab'] }),
);
const key = {
  type: 'service_account',
  client_email: 'ci@lab.example',
  private_key: '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n',
};

function keyLogin(text: string, scopes = registries) {
  const signIn = { kind: 'google-key', key: new Secret(text) } as const;
  return signInToGoogle({ credential: 'gar', signIn, registries: scopes })[0]?.login;
}

describe('Google registries', () => {
  test('an access token has a fixed user name, at every registry', () => {
    const signIn = { kind: 'google-token', token: new Secret('canary-token') } as const;
    expect(signInToGoogle({ credential: 'gar', signIn, registries })).toEqual([
      { registries, login: { username: 'oauth2accesstoken', password: signIn.token }, expiresAt: null },
    ]);
  });

  test.each([
    ['as Google wrote it', JSON.stringify(key, null, 2)],
    ['on one line', JSON.stringify(key)],
    ['as base64', Buffer.from(JSON.stringify(key, null, 2)).toString('base64')],
    ['with spaces around', `\n ${JSON.stringify(key)}\n`],
  ])('a key %s becomes one line', (_, text) => {
    const login = keyLogin(text);
    expect([login?.username, login?.password.reveal()]).toEqual(['_json_key', JSON.stringify(key)]);
  });

  test.each([
    ['{"type":"external_account"}', /workload identity/],
    ['{"type":"service_account"}', /whole file/],
    ['canary-not-json-at-all', /whole file/],
    ['[]', /whole file/],
    ['null', /whole file/],
  ])('%s is refused', (text, expected) => {
    expect(() => keyLogin(text)).toThrow(expect.objectContaining({ hint: expect.stringMatching(expected) }));
    expect(() => keyLogin(text)).toThrow(/^gar: `google-key` is not the JSON key of a service account$/);
  });

  test.each(['evil-docker.pkg.dev.evil.example', 'pkg.dev', 'gcr.io.evil.example', 'xgcr.io', 'ghcr.io'])(
    'rule 10: %s is none of them',
    (host) => {
      expect(() => keyLogin(JSON.stringify(key), [{ host, segments: [] }])).toThrow(/and .* is none$/);
    },
  );
});
