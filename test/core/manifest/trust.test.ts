import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/core/fault.ts';
import { type AllowEnv, parseAllowEnv } from '../../../src/core/manifest/allow-env.ts';
import { readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';

function faults(text: string, allow = ''): readonly string[] {
  const parsed: AllowEnv | Fault = parseAllowEnv(allow);
  const allowEnv = parsed instanceof Map ? parsed : expect.fail('allow-env');
  const source = { name: 'm', text: `version: 1\n${text}`, trust: { allowEnv } } as const;
  return readManifests([source], gitProviders).problems.map(({ code, path }) => `${code} ${path}`);
}

const one = (keys: string) => `credentials: [{ name: one, ${keys} }]`;

describe('rule 1: a manifest in the workspace is the word of the pull request', () => {
  test('it may add read targets and public credentials', () => {
    expect(
      faults(
        'repositories: [https://github.com/acme/a, { url: https://github.com/acme/b, access: read }]\nregistries: [ghcr.io]',
      ),
    ).toEqual([]);
  });

  test.each([
    [
      'repositories: [{ url: https://github.com/acme/a, access: write }]',
      ['workspace-write repositories[0]'],
    ],
    ['registries: [{ registry: ghcr.io, access: write }]', ['workspace-write registries[0]']],
    [
      `${one('provider: github, url: https://github.com, token: canary-token-1')}\nrepositories: [{ url: https://github.com/a/b, credential: one }]`,
      ['workspace-secret credentials[0].token', 'workspace-pin repositories[0]'],
    ],
    [
      one('provider: github, username: ada, token: canary-token-1'),
      ['workspace-secret credentials[0].token'],
    ],
    [one('provider: github, token: { file: /run/secrets/a }'), ['workspace-file credentials[0].token']],
    [one('provider: github, token: { file: { env: A } }'), ['workspace-file credentials[0].token']],
    [one('provider: github, token: { env: A }'), ['workspace-env credentials[0].token']],
  ])('%s', (text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  test.each([
    ['provider: github, token: { env: A }', 'A=github.com', []],
    ['provider: github, url: https://github.com/acme, token: { env: A }', 'A=github.com', []],
    [
      'provider: github, url: https://github.com/acme, token: { env: A }',
      'B=github.com',
      ['workspace-env credentials[0].token'],
    ],
    [
      'provider: github, url: https://github.com.evil.example, token: { env: A }',
      'A=github.com',
      ['workspace-env credentials[0].token'],
    ],
    [
      'provider: github, url: "https://github.com:8443", token: { env: A }',
      'A=github.com',
      ['workspace-env credentials[0].token'],
    ],
    [
      'provider: gitlab, url: https://lab.example.com, api-url: https://evil.example/api, token: { env: A }',
      'A=lab.example.com',
      ['workspace-env credentials[0].token'],
    ],
    [
      'provider: gitlab, url: https://lab.example.com, api-url: https://api.example.com, token: { env: A }',
      'A=lab.example.com,api.example.com',
      [],
    ],
    [
      'provider: gitlab, url: https://lab.example.com, ssh: [git@evil.example], ssh-key: { env: A }',
      'A=lab.example.com',
      ['workspace-env credentials[0].ssh-key'],
    ],
    [
      'provider: gitlab, url: "https://lab.example.com:8443", ssh: [git@lab.example.com:2222, git@ssh.example.com], ssh-key: { env: A }',
      'A=lab.example.com:8443,ssh.example.com',
      [],
    ],
    [
      'provider: gitlab, registries: [evil.example], token: { env: A }',
      'A=gitlab.com',
      ['workspace-env credentials[0].token'],
    ],
    [
      'provider: registry, registry: evil.example, username: a, password: { env: A }',
      'A=ghcr.io',
      ['workspace-env credentials[0].password'],
    ],
    ['provider: registry, registry: ghcr.io/acme, username: a, password: { env: A }', 'A=ghcr.io', []],
    [
      'provider: registry, registry: ghcr.io, token-realm: evil.example, username: a, password: { env: A }',
      'A=ghcr.io',
      ['workspace-env credentials[0].password'],
    ],
    [
      'provider: codecommit, access-key-id: AKIDEXAMPLE, secret-access-key: { env: A }',
      'A=github.com',
      ['workspace-url-missing credentials[0].secret-access-key'],
    ],
    ['provider: github, app: { client-id: Iv1, private-key: { env: A } }', 'A=github.com', []],
    [
      'provider: github, app: { client-id: Iv1, private-key: { env: A }, repositories: all }',
      'A=github.com',
      ['workspace-app credentials[0]'],
    ],
    [
      'provider: github, app: { client-id: Iv1, private-key: { env: A }, permissions: { issues: write } }',
      'A=github.com',
      ['workspace-app credentials[0]'],
    ],
  ])('{ %s } with allow-env %s', (keys, allow, expected) => {
    expect(faults(one(keys), allow)).toEqual(expected);
  });
});
