import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isFault } from '../../src/core/fault.ts';
import { readPrivateKey } from '../../src/core/private-key.ts';
import { Secret } from '../../src/core/secret.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const lockedOld = privateKey
  .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
  .toString();
const locked = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
  .toString();
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe.each([
  ['PKCS#1', pkcs1],
  ['PKCS#8', pkcs8],
])('a key in %s is read', (_, pem) => {
  test.each([
    ['as it is', pem],
    ['without the last line break', pem.trimEnd()],
    ['with CRLF', pem.replaceAll('\n', '\r\n')],
    ['with CR', pem.replaceAll('\n', '\r')],
    ['with \\n', pem.replaceAll('\n', '\\n')],
    ['with \\\\n', pem.replaceAll('\n', '\\\\n')],
    ['with \\r\\n', pem.replaceAll('\n', '\\r\\n')],
    ['in quotes', `"${pem.replaceAll('\n', '\\n')}"`],
    ['in single quotes', `'${pem}'`],
    ['with spaces for line breaks', pem.replaceAll('\n', ' ')],
    ['with nothing for line breaks', pem.replaceAll('\n', '')],
    ['indented', pem.replaceAll(/^/gm, '    ')],
    ['with empty lines', pem.replaceAll('\n', '\n\n')],
    ['as base64', base64(pem)],
    ['as base64 in lines', base64(pem).replace(/(.{76})/g, '$1\n')],
    ['as base64 of CRLF', base64(pem.replaceAll('\n', '\r\n'))],
    ['after a byte order mark', `\ufeff${pem}`],
    ['after a comment', `# my key\n${pem}`],
  ])('%s', (_, text) => {
    const read = readPrivateKey(new Secret(text));
    expect(isFault(read) ? read : read.reveal()).toBe(pem);
    expect(createPrivateKey(pem).equals(privateKey)).toBe(true);
  });
});

test.each([
  ['a public key', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ['a public key', publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
  ['a key with a passphrase', locked],
  ['a key with a passphrase', lockedOld],
  ['a key with a passphrase', lockedOld.replaceAll('\n', '\\n')],
  ['an ssh key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----'],
  ['not an RSA key', ec.export({ type: 'sec1', format: 'pem' }).toString()],
  [
    'not an RSA key',
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ],
  ['a public ssh key', 'ssh-rsa AAAAB3NzaC1yc2E canary@example.com'],
  ['a client secret', '0123456789abcdef0123456789abcdef01234567'],
  ['the fingerprint of a key', 'SHA256:canarycanarycanary'],
  ['a token', 'ghx_canary'],
  ['an id of the App', 'Iv23liEXAMPLE'],
  ['an id of the App', '123456'],
  ['no PEM', 'canary words'],
])('%s is refused by name', (what, text) => {
  const fault = readPrivateKey(new Secret(text));
  expect(fault).toMatchObject({ message: expect.stringContaining(what) });
  expect(JSON.stringify(fault)).not.toContain('canary');
});

test.each([
  ['the end', pkcs1.slice(0, -40)],
  ['the beginning', pkcs1.slice(40)],
  ['a line', pkcs1.split('\n').toSpliced(5, 1).join('\n')],
  ['half a line', pkcs8.slice(0, 400) + pkcs8.slice(420)],
  ['everything inside', '-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----'],
])('a key without %s is refused as broken', (_, text) => {
  expect(readPrivateKey(new Secret(text))).toMatchObject({ code: 'private-key-broken' });
});
