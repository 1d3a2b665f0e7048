import { expect, test } from 'vitest';
import { gitea } from '../../src/providers/gitea.ts';
import { login, password, rules, token } from './samples.ts';

test.each([
  [token('canary-token'), 'git canary-token'],
  [token('canary-token', { username: 'alice' }), 'alice canary-token'],
  [password('canary-password', 'alice'), 'alice canary-password'],
])('a login', (signIn, expected) => {
  expect(login(gitea, signIn)).toBe(expected);
});

test('below a relative root the path over ssh is shorter', () => {
  const apiUrl = 'https://code.example.com/tea/api/v1';
  expect(rules(gitea, 'https://code.example.com/tea/acme', 'namespace', { apiUrl })).toMatchObject({
    'git@code.example.com:acme/': 'https://code.example.com/tea/acme/',
  });
});
