import { expect, test } from 'vitest';
import { git } from '../../src/providers/git.ts';
import { login, password, rules, token } from './samples.ts';

test.each([
  [token('canary-token'), 'git canary-token'],
  [token('canary-token', { username: 'alice' }), 'alice canary-token'],
  [password('canary-password', 'alice'), 'alice canary-password'],
])('a login', (signIn, expected) => {
  expect(login(git, signIn)).toBe(expected);
});

test('rewrites keep the case of a path', () => {
  const paths = Object.keys(rules(git, 'https://git.example.com/Srv', 'namespace'));
  expect(paths.every((path) => path.endsWith('Srv/'))).toBe(true);
});
