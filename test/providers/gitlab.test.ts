import { expect, test } from 'vitest';
import { gitlab } from '../../src/providers/gitlab.ts';
import { credential, login, password, privateKey, rules, token } from './samples.ts';

test.each([
  [token('canary-token'), 'oauth2 canary-token'],
  [token('canary-token', { username: 'gitlab+deploy-token-1' }), 'gitlab+deploy-token-1 canary-token'],
  [password('canary-password', 'alice'), 'alice canary-password'],
])('a login', (signIn, expected) => {
  expect(login(gitlab, signIn)).toBe(expected);
});

test('a password without user name and a key where a token belongs are named', () => {
  expect(() => login(gitlab, password('canary-password'))).toThrow(/user name/);
  expect(() => login(gitlab, token(privateKey))).toThrow(/private key/);
});

test.each([
  [token('gldt-canary'), /deploy token/],
  [token('glptt-canary'), /kind that git cannot sign in with/],
  [token('gldt-canary', { username: 'gitlab+deploy-token-1' }), /^$/],
  [token('glpat-canary'), /^$/],
  [token('of-some-own-prefix'), /^$/],
])('advice', (signIn, expected) => {
  expect(gitlab.advice(signIn, credential('gitlab')).join()).toMatch(expected);
});

test('below a relative root the path over ssh is shorter', () => {
  const apiUrl = 'https://code.example.com/git/lab/api/v4';
  expect(rules(gitlab, 'https://code.example.com/git/lab/team', 'namespace', { apiUrl })).toMatchObject({
    'git@code.example.com:team/': 'https://code.example.com/git/lab/team/',
  });
  expect(rules(gitlab, 'https://code.example.com/git/lab', 'host', { apiUrl })).toMatchObject({
    'git@code.example.com:': 'https://code.example.com/git/lab/',
  });
});

test('rule 11: the pages of a group stay with the ssh key', () => {
  const pages = 'git@gitlab.com:acme/acme.gitlab.io';
  expect(rules(gitlab, 'https://gitlab.com/acme/acme', 'repository')).toMatchObject({ [pages]: pages });
});
