import { expect, test } from 'vitest';
import { bitbucketDataCenter } from '../../src/providers/bitbucket-data-center.ts';
import { login, password, rules, token } from './samples.ts';

test.each([
  [token('canary-token', { username: 'alice' }), 'alice canary-token'],
  [password('canary-password', 'alice'), 'alice canary-password'],
])('a login', (signIn, expected) => {
  expect(login(bitbucketDataCenter, signIn)).toBe(expected);
});

test('a token without user name is sent as a Bearer', () => {
  expect(login(bitbucketDataCenter, token('canary-token'))).toBe(null);
  expect(bitbucketDataCenter.gitOnly?.(token('canary-token'))).toEqual({
    kind: 'bearer',
    token: expect.anything(),
  });
  expect(bitbucketDataCenter.gitOnly?.(token('canary-token', { username: 'alice' }))).toBe(null);
});

test.each([
  ['https://stash.example.com/scm/KEY', 'https://stash.example.com/scm/KEY/'],
  ['https://stash.example.com/ctx/scm/KEY', 'https://stash.example.com/ctx/scm/KEY/'],
])('over ssh a project has no scm: %s', (url, to) => {
  expect(rules(bitbucketDataCenter, url, 'namespace')).toMatchObject({
    'ssh://git@stash.example.com:7999/KEY/': to,
  });
});

test('the rules of the whole host lead below scm', () => {
  expect(rules(bitbucketDataCenter, 'https://stash.example.com/ctx', 'host')).toMatchObject({
    'ssh://git@stash.example.com:7999/': 'https://stash.example.com/ctx/scm/',
  });
});
