import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { chooseScm, type ScmCandidate, type ScmSignIn } from '../../../src/core/session/nextflow-choice.ts';

const token = new Secret('canary-token');

function basic(username: string, email: string | null = null): ScmSignIn {
  return { kind: 'basic', login: { username, password: token }, email };
}

function at(host: string, details: Partial<ScmCandidate> = {}): ScmCandidate {
  return {
    credential: 'one',
    provider: 'github',
    server: { scheme: 'https', host, segments: [] },
    apiUrl: null,
    signIn: basic('x-access-token'),
    targets: 0,
    ...details,
  };
}

describe('platform, server and endpoint', () => {
  test.each([
    [at('github.com'), 'github', 'https://api.github.com'],
    [at('acme.ghe.com'), 'github', 'https://api.acme.ghe.com'],
    [at('github.example.com:8443'), 'github', 'https://github.example.com:8443/api/v3'],
    [
      at('github.example.com', { apiUrl: 'https://api.example.com/v3' }),
      'github',
      'https://api.example.com/v3',
    ],
    [at('gitlab.com', { provider: 'gitlab' }), 'gitlab', 'https://gitlab.com'],
    [at('gitea.example.com', { provider: 'gitea' }), 'gitea', 'https://gitea.example.com/api/v1'],
    [at('dev.azure.com', { provider: 'azure-devops' }), 'azurerepos', 'https://dev.azure.com'],
    [
      at('bitbucket.example.com', { provider: 'bitbucket-data-center' }),
      'bitbucketserver',
      'https://bitbucket.example.com',
    ],
    [
      at('bitbucket.org', {
        provider: 'bitbucket',
        signIn: basic('x-bitbucket-api-token-auth', 'me@lab.example'),
      }),
      'bitbucket',
      'https://api.bitbucket.org',
    ],
  ])('%#', (candidate, platform, endpoint) => {
    const { host } = candidate.server;
    expect(chooseScm([candidate])).toEqual({
      entries: [expect.objectContaining({ platform, endpoint, host, server: `https://${host}` })],
      warnings: [],
    });
  });

  test("Bitbucket's API knows accounts by their e-mail", () => {
    const signIn = basic('x-bitbucket-api-token-auth', 'me@lab.example');
    const { entries } = chooseScm([at('bitbucket.org', { provider: 'bitbucket', signIn })]);
    expect(entries[0]?.user).toBe('me@lab.example');
  });

  test('CodeCommit takes the keys', () => {
    const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: token, sessionToken: null };
    const host = 'git-codecommit.eu-west-1.amazonaws.com';
    const candidate = at(host, { provider: 'codecommit', signIn: { kind: 'aws', keys } });
    expect(chooseScm([candidate]).entries).toMatchObject([
      { platform: 'codecommit', user: 'AKIDEXAMPLE', secret: token },
    ]);
    const temporary = { ...keys, sessionToken: token };
    expect(chooseScm([{ ...candidate, signIn: { kind: 'aws', keys: temporary } }])).toEqual({
      entries: [],
      warnings: [expect.stringContaining('session token')],
    });
  });
});

describe('what Nextflow cannot use is said', () => {
  test.each([
    [{ provider: 'git' }, /knows no platform/],
    [{ server: { scheme: 'https', host: 'example.com', segments: ['gitlab'] } }, /below a path/],
    [{ signIn: { kind: 'ssh-key' } }, /does not use ssh keys/],
    [{ provider: 'bitbucket-data-center', signIn: { kind: 'bearer' } }, /token of a user/],
    [{ provider: 'bitbucket', signIn: basic('x-token-auth') }, /use an API token/],
    [{ provider: 'bitbucket', signIn: basic('x-bitbucket-api-token-auth') }, /add `email`/],
    [{ provider: 'codecommit', signIn: basic('alice-at-123456789012') }, /use access keys/],
  ] satisfies [Partial<ScmCandidate>, RegExp][])('%#', (details, expected) => {
    const { entries, warnings } = chooseScm([at('example.com', details)]);
    expect(entries).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(expected)]);
    expect(warnings[0]).toMatch(/^Nextflow cannot use one at example\.com: /);
  });
});

describe('one credential for each host', () => {
  test('the one that most targets use, and the others are named', () => {
    const { entries, warnings } = chooseScm([
      at('github.com', { credential: 'a', targets: 1, signIn: basic('a') }),
      at('github.com', { credential: 'b', targets: 3, signIn: basic('b') }),
      at('github.com', { credential: 'c', targets: 0, signIn: basic('c') }),
      at('gitlab.com', { credential: 'd', provider: 'gitlab' }),
    ]);
    expect(entries.map(({ host, user }) => [host, user])).toEqual([
      ['github.com', 'b'],
      ['gitlab.com', 'x-access-token'],
    ]);
    expect(warnings).toEqual([
      'Nextflow takes one credential for each host: at github.com it gets b, not a, c.',
    ]);
  });

  test('the first of equals; several tokens of one credential are no rivals', () => {
    const { entries, warnings } = chooseScm([
      at('github.com', { credential: 'app', signIn: basic('first') }),
      at('github.com', { credential: 'app', signIn: basic('second') }),
    ]);
    expect([entries[0]?.user, warnings]).toEqual(['first', []]);
  });

  test('one that it can use rather than one that it cannot', () => {
    const { entries, warnings } = chooseScm([
      at('example.com', { credential: 'key', targets: 9, signIn: { kind: 'ssh-key' } }),
      at('example.com', { credential: 'token', targets: 1 }),
    ]);
    expect(entries).toHaveLength(1);
    expect(warnings).toEqual(['Nextflow cannot use key at example.com: it does not use ssh keys.']);
  });
});
