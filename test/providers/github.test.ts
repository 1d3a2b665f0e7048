import { describe, expect, test } from 'vitest';
import { github } from '../../src/providers/github.ts';
import { credential, login, password, privateKey, rules, token } from './samples.ts';

test.each([
  [token('canary-token'), 'x-access-token canary-token'],
  [token('canary-token', { username: 'acmebot' }), 'acmebot canary-token'],
  [password('canary-password', 'acmebot'), null],
])('a login', (signIn, expected) => {
  expect(login(github, signIn)).toBe(expected);
});

test("an App's key where a token belongs is named", () => {
  expect(() => login(github, token(privateKey))).toThrow(/a private key stands where a token belongs/);
});

test.each([
  ['ghr_canary', [], /refresh token/],
  ['github_pat_canary', ['ghcr.io'], /classic token/],
])('advice about %s', (text, registries, expected) => {
  expect(github.advice(token(text), credential('github', { registries })).join()).toMatch(expected);
});

test.each(['ghp_canary', 'ghs_1_canary.canary.canary', 'of-some-new-shape', 'x'.repeat(2000)])(
  'no advice about %.20s',
  (text) => {
    expect(github.advice(token(text), credential('github', { registries: ['ghcr.io'] }))).toEqual([]);
    expect(login(github, token(text))).toBe(`x-access-token ${text}`);
  },
);

describe('rewrites', () => {
  const https = 'https://github.com/Acme/';

  test('of an organisation', () => {
    expect(rules(github, 'https://github.com/Acme', 'namespace')).toEqual({
      'git@github.com:Acme/': https,
      'git@github.com:acme/': https,
      'git@github.com:/Acme/': https,
      'git@github.com:/acme/': https,
      'github.com:Acme/': https,
      'github.com:acme/': https,
      'ssh://github.com/Acme/': https,
      'ssh://github.com/acme/': https,
      'ssh://git@github.com/Acme/': https,
      'ssh://git@github.com/acme/': https,
      'ssh://git@github.com:22/Acme/': https,
      'ssh://git@github.com:22/acme/': https,
      'git+ssh://git@github.com/Acme/': https,
      'git+ssh://git@github.com/acme/': https,
      'ssh+git://git@github.com/Acme/': https,
      'ssh+git://git@github.com/acme/': https,
      'ssh://ssh.github.com:443/Acme/': https,
      'ssh://ssh.github.com:443/acme/': https,
      'ssh://git@ssh.github.com:443/Acme/': https,
      'ssh://git@ssh.github.com:443/acme/': https,
      'git+ssh://git@ssh.github.com:443/Acme/': https,
      'git+ssh://git@ssh.github.com:443/acme/': https,
      'ssh+git://git@ssh.github.com:443/Acme/': https,
      'ssh+git://git@ssh.github.com:443/acme/': https,
    });
  });

  test('of a host and of a repository', () => {
    expect(rules(github, 'https://github.com', 'host')).toMatchObject({
      'git@github.com:': 'https://github.com/',
      'ssh://git@github.com/': 'https://github.com/',
    });
    expect(rules(github, 'https://github.com/acme/x', 'repository')).toMatchObject({
      'git@github.com:acme/x.git': 'https://github.com/acme/x.git',
    });
  });

  test('of GHE.com, where the user is the subdomain', () => {
    expect(Object.keys(rules(github, 'https://sub.ghe.com/acme', 'namespace'))).toEqual(
      expect.arrayContaining(['sub@sub.ghe.com:acme/', 'ssh://sub@sub.ghe.com/acme/']),
    );
  });

  test('rule 11: of a repository that bears the name of its owner, the pages stay with the ssh key', () => {
    const pages = 'git@github.com:acme/acme.github.io';
    expect(rules(github, 'https://github.com/acme/acme', 'repository')).toMatchObject({
      'git@github.com:acme/acme.git': 'https://github.com/acme/acme.git',
      [pages]: pages,
    });
  });
});
