import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { resolveSignIn } from '../../src/app/references.ts';
import { Failure } from '../../src/core/failure.ts';
import type { Credential } from '../../src/core/manifest/manifest.ts';
import { readManifests } from '../../src/core/manifest/read.ts';
import { Secret } from '../../src/core/secret.ts';
import { gitProviders } from '../../src/providers/index.ts';

function credential(keys: string): Credential {
  const text = `version: 1\ncredentials:\n- { name: lab, ${keys} }`;
  const { manifest, problems } = readManifests([{ name: 'm', text, trust: 'trusted' }], gitProviders);
  expect(problems).toEqual([]);
  return manifest?.credentials[0] ?? expect.fail('no credential');
}

const files: Readonly<Record<string, string>> = {
  '/run/token': 'canary-token-1\n',
  '/run/short': 'canary\n',
};
const env = {
  TOKEN: 'canary-token-2',
  TOKEN_FILE: '/run/token',
  EMPTY: '',
  SHORT: 'seven77',
  SPACED: 'canary-token-1 ',
  BEARER: 'Bearer canary-token-1',
  MASKED: '***',
  SHORT_LINE: 'seven77\n',
  LINES: 'canary-token\nhost=evil.example',
  RETURN: 'canary-token\rhost=evil.example',
  ESCAPE: 'canary-\u001b[2Jtoken',
  UNFILLED: '$LAB_TOKEN_CANARY',
  PATH_IS_SECRET: 'canary-token-3',
  USER: 'ada\n',
  ID: '4711',
  BAD_ID: '../../4711',
};

/** The sign-in as plain texts, or what is wrong with it. */
function resolved(keys: string): unknown {
  const readFile = (path: string) =>
    files[path] ?? { code: 'file-missing', message: 'does not exist', hint: 'Check the path.' };
  try {
    const signIn = resolveSignIn(credential(keys), { env, readFile });
    return Object.fromEntries(
      Object.entries(signIn).map(([field, value]) => [
        field,
        value instanceof Secret ? `secret ${value.reveal()}` : value,
      ]),
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.code).toBe('reference-unresolved');
    expect(error.message + error.hint).not.toContain('canary');
    return error.message;
  }
}

test.each([
  ['provider: github, token: canary-token-0', { kind: 'token', token: 'secret canary-token-0' }],
  ['provider: github, token: { env: TOKEN }', { kind: 'token', token: 'secret canary-token-2' }],
  ['provider: github, token: { file: /run/token }', { kind: 'token', token: 'secret canary-token-1' }],
  [
    'provider: github, token: { file: { env: TOKEN_FILE } }',
    { kind: 'token', token: 'secret canary-token-1' },
  ],
  [
    'provider: gitlab, token: { env: TOKEN }, username: { env: USER }',
    { token: 'secret canary-token-2', username: 'ada' },
  ],
  ['provider: gitlab, token: { env: TOKEN }, username: { env: UNSET }', { username: undefined }],
  ['provider: gitlab, token: { env: TOKEN }, username: { env: EMPTY }', { username: undefined }],
  ['provider: gitlab, token: { env: TOKEN }, username: { file: { env: UNSET } }', { username: undefined }],
  [
    'provider: codecommit, access-key-id: AKIDEXAMPLE, secret-access-key: { env: TOKEN }, session-token: { env: UNSET }',
    { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret canary-token-2', sessionToken: undefined },
  ],
])('%s', (keys, expected) => {
  expect(resolved(keys)).toMatchObject(expected);
});

test.each([
  ['token: { env: UNSET }', 'lab: `token`: the variable UNSET is not set, or empty'],
  ['token: { env: EMPTY }', 'lab: `token`: the variable EMPTY is not set, or empty'],
  ['token: { file: { env: UNSET } }', 'lab: `token`: the variable UNSET is not set, or empty'],
  ['token: { file: /run/none }', 'lab: `token`: the file /run/none does not exist'],
  [
    'token: { file: { env: PATH_IS_SECRET } }',
    'lab: `token`: the file that PATH_IS_SECRET names does not exist',
  ],
  [
    'token: { env: UNFILLED }',
    'lab: `token`: the variable UNFILLED holds a placeholder that nothing has filled in',
  ],
])('github, %s: %s', (keys, message) => {
  expect(resolved(`provider: github, ${keys}`)).toBe(message);
});

test.each([
  [
    'gitlab, password: { env: TOKEN }, username: { env: UNSET }',
    'lab: `username`: the variable UNSET is not set, or empty',
  ],
  [
    'registry, registry: ghcr.io, password: { env: UNSET }, username: { env: NONE }',
    'lab: `password`: the variable UNSET is not set, or empty; `username`: the variable NONE is not set, or empty',
  ],
])('%s: %s', (keys, message) => {
  expect(resolved(`provider: ${keys}`)).toBe(message);
});

describe('rule 5: a resolved value cannot say more than itself', () => {
  test.each([
    ['token: { env: LINES }', 'the variable LINES has line breaks or control characters'],
    ['token: { env: RETURN }', 'the variable RETURN has line breaks or control characters'],
    ['token: { env: ESCAPE }', 'the variable ESCAPE has line breaks or control characters'],
    ['token: { env: SHORT }', 'the variable SHORT has less than 8 characters'],
    ['token: { env: SHORT_LINE }', 'the variable SHORT_LINE has less than 8 characters'],
    ['token: { env: SPACED }', 'the variable SPACED has a space in it'],
    ['token: { env: BEARER }', 'the variable BEARER has a space in it'],
    ['token: { env: MASKED }', 'the variable MASKED holds what a log shows in place of a secret'],
    ['token: { file: /run/short }', 'the file /run/short has less than 8 characters'],
    [
      'token: { env: TOKEN }, username: { env: LINES }',
      'the variable LINES has line breaks or control characters',
    ],
  ])('%s', (keys, message) => {
    expect(resolved(`provider: gitlab, ${keys}`)).toMatch(message);
  });

  test('a password may have spaces where people put them', () => {
    expect(resolved('provider: gitlab, username: a, password: { env: SPACED }')).toMatchObject({
      password: 'secret canary-token-1 ',
    });
  });

  test('an installation id is a number: it becomes a part of a URL', () => {
    const app = (id: string) =>
      `provider: github, app: { client-id: Iv1, private-key: { env: TOKEN }, installation-id: { env: ${id} } }`;
    expect(resolved(app('BAD_ID'))).toMatch('`app.installation-id`: the variable BAD_ID is not a number');
  });
});

describe('private keys', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const app = credential(
    'provider: github, app: { client-id: Iv1, private-key: { env: KEY }, webhook-secret: { env: HOOK } }',
  );

  test('are repaired', () => {
    const signIn = resolveSignIn(app, { env: { KEY: pem.replaceAll('\n', '\\n') } });
    expect(signIn.kind === 'app' && signIn.privateKey.reveal()).toBe(pem);
    expect(signIn.kind === 'app' && signIn.webhookSecret).toBeUndefined();
  });

  test('are refused by what they are, with the key and the variable', () => {
    const env = { KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
    expect(() => resolveSignIn(app, { env })).toThrow(
      "lab: `app.private-key`: the variable KEY is refused: this is a public key, where the App's private key belongs",
    );
  });

  test('of ssh come out of base64 and have a last line break', () => {
    const ssh = credential('provider: github, ssh-key: { env: KEY }');
    const text =
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n';
    for (const given of [
      text,
      text.trimEnd(),
      Buffer.from(text).toString('base64'),
      text.replaceAll('\n', '\r\n'),
    ]) {
      const signIn = resolveSignIn(ssh, { env: { KEY: given } });
      expect(signIn.kind === 'ssh-key' && signIn.key.reveal()).toBe(text);
    }
  });
});

test('rule 6: nothing is looked up for keys that are literal', () => {
  const readFile = () => expect.fail('a file was read');
  const env = new Proxy({}, { get: () => expect.fail('a variable was read') });
  expect(
    resolveSignIn(credential('provider: github, token: canary-token-0'), { env, readFile }),
  ).toMatchObject({ kind: 'token' });
});
