import { generateKeyPairSync, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { jwtSigner } from '../../../src/providers/github-app/jwt.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const noon = Date.parse('2026-11-20T12:00:00Z');

function signer(type: 'pkcs1' | 'pkcs8' = 'pkcs8') {
  const clock = { at: noon };
  const pem = privateKey.export({ type, format: 'pem' }).toString();
  return { clock, create: jwtSigner(new Secret(pem), () => new Date(clock.at)) };
}

function claims(jwt: string): unknown {
  const [header = '', body = '', signature = ''] = jwt.split('.');
  const signed = Buffer.from(`${header}.${body}`);
  expect(verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(Buffer.from(header, 'base64url').toString()).toBe('{"alg":"RS256","typ":"JWT"}');
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

test.each(['pkcs1', 'pkcs8'] as const)('signs for ten minutes from half a minute ago (%s)', async (type) => {
  const { jwt, expiresAt } = await signer(type).create('Iv23liEXAMPLE');
  expect(claims(jwt)).toEqual({ iat: noon / 1000 - 30, exp: noon / 1000 + 570, iss: 'Iv23liEXAMPLE' });
  expect(expiresAt).toBe('2026-11-20T12:09:30.000Z');
});

test("signs by a host's clock", async () => {
  const { jwt } = await signer().create(4711, 3600);
  expect(claims(jwt)).toEqual({ iat: noon / 1000 + 3570, exp: noon / 1000 + 4170, iss: 4711 });
});

test('signs once a minute for each clock', async () => {
  const { clock, create } = signer();
  const first = await create(1);
  clock.at += 59_999;
  expect((await create(1)).jwt).toBe(first.jwt);
  expect((await create(1, 5)).jwt).not.toBe(first.jwt);
  clock.at += 1;
  expect((await create(1)).jwt).not.toBe(first.jwt);
});
