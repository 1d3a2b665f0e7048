import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { readSshKey } from '../../src/core/ssh-key.ts';

function read(text: string) {
  const result = readSshKey(new Secret(text));
  return result instanceof Secret ? result.reveal() : result.code;
}

/** The beginning of OpenSSH's own form: a magic word and the name of the cipher. */
function openSsh(cipher: string): string {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(cipher.length);
  const blob = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    length,
    Buffer.from(cipher),
    Buffer.alloc(90),
  ]);
  const lines = blob.toString('base64').replace(/.{70}/g, '$&\n');
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const passphrase = { cipher: 'aes-256-cbc', passphrase: 'canary-passphrase' };
const plain = openSsh('none');

test.each([
  ['as it was written', plain],
  ['without its last line end', plain.trimEnd()],
  ['with the line ends of Windows', plain.replaceAll('\n', '\r\n')],
  ['with empty lines around', `\n\n${plain}\n`],
])('a key %s is read', (_, text) => {
  expect(read(text)).toBe(plain);
});

test.each(['sec1', 'pkcs8'] as const)('PEM is read: %s', (type) => {
  const pem = String(privateKey.export({ format: 'pem', type }));
  expect(read(pem)).toBe(pem);
});

test.each([
  ['OpenSSH', openSsh('aes256-ctr')],
  ['SEC1', String(privateKey.export({ format: 'pem', type: 'sec1', ...passphrase }))],
  ['PKCS8', String(privateKey.export({ format: 'pem', type: 'pkcs8', ...passphrase }))],
])('a passphrase is noticed: %s', (_, text) => {
  expect(read(text)).toBe('ssh-key-locked');
});

test.each([
  ['a public key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5 me', 'ssh-key-public'],
  ["PuTTY's form", 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n', 'ssh-key-putty'],
  ['a token', 'canary-token-of-some-host', 'ssh-key-form'],
  ['half a key', plain.slice(0, 100), 'ssh-key-form'],
  ['two keys', plain + plain, 'ssh-key-form'],
  ['nothing', '', 'ssh-key-form'],
])('%s is told', (_, text, code) => {
  expect(read(text)).toBe(code);
});
