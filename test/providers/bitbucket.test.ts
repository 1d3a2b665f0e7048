import { expect, test } from 'vitest';
import { bitbucket } from '../../src/providers/bitbucket.ts';
import { credential, login, password, rules, token } from './samples.ts';

test.each([
  [token('ATCTT3canary'), 'x-token-auth ATCTT3canary'],
  [token('of-some-new-shape'), 'x-token-auth of-some-new-shape'],
  [token('of-some-new-shape', { email: 'bot@example.com' }), 'x-bitbucket-api-token-auth of-some-new-shape'],
  [
    token('of-some-new-shape', { username: 'bot@example.com' }),
    'x-bitbucket-api-token-auth of-some-new-shape',
  ],
  [token('ATATT3canary'), 'x-bitbucket-api-token-auth ATATT3canary'],
  [token('ATATT3canary', { username: 'acmebot', email: 'bot@example.com' }), 'acmebot ATATT3canary'],
  [password('ATBBcanary', 'acmebot'), 'acmebot ATBBcanary'],
])('a login', (signIn, expected) => {
  expect(login(bitbucket, signIn)).toBe(expected);
});

test('an API token without e-mail is told', () => {
  expect(bitbucket.advice(token('ATATT3canary'), credential('bitbucket')).join()).toContain('`email`');
  expect(
    bitbucket.advice(token('ATATT3canary', { email: 'a@example.com' }), credential('bitbucket')),
  ).toEqual([]);
});

test('app passwords are told to be gone', () => {
  expect(bitbucket.retired.password?.message).toContain('removed');
});

test('rewrites', () => {
  expect(rules(bitbucket, 'https://bitbucket.org/team', 'namespace')).toMatchObject({
    'git@bitbucket.org:team/': 'https://bitbucket.org/team/',
    'ssh://git@altssh.bitbucket.org:443/team/': 'https://bitbucket.org/team/',
  });
});
