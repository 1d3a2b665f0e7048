import { expect, test } from 'vitest';
import { parseSshAddress } from '../../../src/core/manifest/ssh-address.ts';

test.each([
  ['git@ssh.example.com:2222', 'git', 'ssh.example.com', 2222],
  ['git@ssh.example.com', 'git', 'ssh.example.com', 22],
  ['SSH.example.com', 'git', 'ssh.example.com', 22],
  ['ssh://acme@ssh.example.com:7999/', 'acme', 'ssh.example.com', 7999],
  ['git@[::1]:2222', 'git', '[::1]', 2222],
])('%s', (text, user, host, port) => {
  expect(parseSshAddress(text)).toEqual({ user, host, port });
});

test.each([
  '',
  'git@',
  '@host',
  'git@host:acme/rnaseq',
  'git@host/acme',
  'git@ssh.example.com.',
  'git:canary-password@host',
  'git@*.example.com',
  '-oProxyCommand=x@host',
  'git@-oProxyCommand=x',
  'a@b@c',
])('rule 7: %j is refused', (text) => {
  expect(parseSshAddress(text)).toMatchObject({ code: 'ssh-address-invalid' });
});
