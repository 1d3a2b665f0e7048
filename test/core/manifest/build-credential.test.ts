import { describe, expect, test } from 'vitest';
import type { Credential } from '../../../src/core/manifest/manifest.ts';
import { readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';

function reading(keys: string) {
  const text = `version: 1\ncredentials:\n  - { name: one, ${keys} }`;
  return readManifests([{ name: 'manifest.yml', text, trust: 'trusted' }], gitProviders);
}

/** The codes and paths found in one credential, written without its name. */
function credentialFaults(keys: string): readonly string[] {
  return reading(keys).problems.map(({ code, path }) =>
    `${code} ${path.replace(/^credentials\[0\]\.?/, '')}`.trim(),
  );
}

function credential(keys: string): Credential {
  const { manifest, problems } = reading(keys);
  expect(problems).toEqual([]);
  return manifest?.credentials[0] ?? expect.fail('no credential');
}

const literal = 'canary-token-1';

describe('a credential', () => {
  test('with everything', () => {
    expect(
      credential(
        'provider: gitlab, url: https://GitLab.example.com:443/Lab/, token: { env: LAB_TOKEN }, username: bot, expires: 2027-01-31, access: read, ' +
          'environments: [production], registries: [Registry.example.com/Lab], purposes: clone, default: true, status: inactive, ' +
          'ssh: git@ssh.example.com:2222, api-url: https://gitlab.example.com/api/v4/, description: for the lab, contact: "@ada"',
      ),
    ).toMatchObject({
      name: 'one',
      provider: 'gitlab',
      base: { scheme: 'https', host: 'gitlab.example.com', segments: ['Lab'] },
      registries: [{ host: 'registry.example.com', segments: ['lab'] }],
      signIn: { kind: 'token', token: { from: 'env', name: 'LAB_TOKEN' }, username: { from: 'text' } },
      isDefault: true,
      active: false,
      expires: new Date('2027-01-31T00:00:00Z'),
      access: 'read',
      environments: ['production'],
      purposes: ['clone'],
      ssh: [{ user: 'git', host: 'ssh.example.com', port: 2222 }],
      apiUrl: 'https://gitlab.example.com/api/v4',
      tokenRealm: null,
      description: 'for the lab',
      contact: '@ada',
      order: 0,
      place: { path: 'credentials[0]', source: null, line: 3, column: 5 },
    });
  });

  test('with the least', () => {
    expect(credential(`provider: github, token: ${literal}`)).toMatchObject({
      base: null,
      registries: [],
      isDefault: false,
      active: true,
      expires: null,
      access: 'both',
      environments: null,
      purposes: [],
      apiUrl: null,
    });
  });

  test.each([
    ['github, organization: acme', 'https://github.com/acme'],
    ['gitlab, group: acme/tools', 'https://gitlab.com/acme/tools'],
    ['bitbucket, workspace: acme', 'https://bitbucket.org/acme'],
    ['gitea, url: https://codeberg.example', 'https://codeberg.example/'],
    ['forgejo, url: https://codeberg.example/sub/acme', 'https://codeberg.example/sub/acme'],
    ['bitbucket-server, url: https://git.example.com/projects/LAB', 'https://git.example.com/scm/LAB'],
    ['gitea, url: "http://127.0.0.1:3000/acme"', 'http://127.0.0.1:3000/acme'],
  ])('for %s is for %s', (provider, expected) => {
    const { base } = credential(`provider: ${provider}, token: ${literal}`);
    expect(`${base?.scheme}://${base?.host}/${base?.segments.join('/')}`).toBe(expected);
  });

  test.each([
    ['github, token: { env: A }', { kind: 'token', token: { from: 'env', name: 'A' } }],
    [
      'github, token: { file: /run/secrets/a }',
      { kind: 'token', token: { from: 'file', path: '/run/secrets/a' } },
    ],
    ['github, token: { file: { env: A } }', { kind: 'token', token: { from: 'file-env', name: 'A' } }],
    [
      'gitlab, username: ada, password: { env: A }',
      { kind: 'password', password: { name: 'A' }, username: { from: 'text' } },
    ],
    ['bitbucket, token: { env: A }, email: { env: B }', { kind: 'token', email: { from: 'env', name: 'B' } }],
    [
      'codecommit, access-key-id: AKIDEXAMPLE, secret-access-key: { env: A }, session-token: { env: B }',
      { kind: 'aws', sessionToken: { name: 'B' } },
    ],
    [
      'git, url: https://git.example.com, ssh-key: { env: A }, known-hosts: { env: B }',
      { kind: 'ssh-key', knownHosts: { name: 'B' } },
    ],
    ['registry, registry: ghcr.io, username: ada, password: { env: A }', { kind: 'password' }],
    ['registry, registry: acme.azurecr.io, entra-token: { env: A }', { kind: 'entra' }],
    [
      'registry, registry: europe-docker.pkg.dev/acme, google-key: { file: /run/key.json }',
      { kind: 'google-key' },
    ],
    ['registry, registry: gcr.io, access-token: { env: A }', { kind: 'google-token' }],
    [
      'github, app: { app-id: 12, private-key: { env: K }, installation-id: { env: I }, permissions: { pull-requests: write, contents: read }, repositories: [rnaseq], client-secret: { env: S } }',
      {
        kind: 'app',
        permissions: { pull_requests: 'write', contents: 'read' },
        repositories: ['rnaseq'],
        installationId: { name: 'I' },
        clientSecret: { name: 'S' },
      },
    ],
    [
      'github, app: { client-id: { env: C }, private-key: { env: K }, repositories: all }',
      { kind: 'app', issuer: { name: 'C' }, repositories: 'all', permissions: {} },
    ],
  ])('signs in: %s', (provider, signIn) => {
    expect(credential(`provider: ${provider}`).signIn).toMatchObject(signIn);
  });
});

describe('what does not go together is named', () => {
  test.each([
    ['provider: githb, token: { env: A }', ['provider-unknown provider']],
    ['provider: github', ['sign-in-missing']],
    [
      'provider: github, token: { env: A }, app: { client-id: x, private-key: { env: K } }',
      ['sign-in-ambiguous'],
    ],
    ['provider: github, password: { env: A }', ['key-not-of-provider password']],
    ['provider: gitlab, app: { client-id: x, private-key: { env: K } }', ['key-not-of-provider app']],
    ['provider: registry, registry: ghcr.io, token: { env: A }', ['key-not-of-provider token']],
    [
      'provider: registry, url: https://ghcr.io, username: a, password: { env: A }',
      ['registry-missing', 'key-not-of-provider url'],
    ],
    ['provider: registry, username: a, password: { env: A }', ['registry-missing']],
    ['provider: registry, registry: ghcr.io, password: { env: A }', ['username-missing']],
    ['provider: gitea, token: { env: A }', ['url-missing']],
    [
      'provider: gitea, organization: acme, token: { env: A }',
      ['url-missing', 'key-not-of-provider organization'],
    ],
    ['provider: gitea, url: https://git.example.com, password: { env: A }', ['username-missing']],
    [
      'provider: github, url: https://github.com/acme, organization: acme, token: { env: A }',
      ['base-url-ambiguous organization'],
    ],
    [
      'provider: github, organization: https://github.com/acme, token: { env: A }',
      ['organization-invalid organization'],
    ],
    ['provider: gitlab, token: { env: A }, email: a@b.example', ['key-not-of-provider email']],
    ['provider: github, ssh-key: { env: A }, username: ada', ['key-not-of-sign-in username']],
    ['provider: github, token: { env: A }, known-hosts: { env: B }', ['key-not-of-sign-in known-hosts']],
    ['provider: github, ssh-key: { env: A }, registries: [ghcr.io]', ['key-not-of-sign-in registries']],
    ['provider: codecommit, access-key-id: AKIDEXAMPLE', ['aws-keys-incomplete']],
    [
      'provider: codecommit, url: https://git-codecommit.eu-west-1.amazonaws.com/v2/x, access-key-id: A, secret-access-key: { env: B }',
      ['url-not-of-provider url'],
    ],
    ['provider: github, app: { private-key: { env: K } }', ['app-id-missing app']],
    [
      'provider: github, app: { client-id: Iv1, app-id: 1, private-key: { env: K } }',
      ['app-id-ambiguous app.app-id'],
    ],
    [
      'provider: github, app: { client-id: 123456, private-key: { env: K } }',
      ['client-id-invalid app.client-id'],
    ],
    ['provider: github, app: { app-id: Iv23li, private-key: { env: K } }', ['app-id-invalid app.app-id']],
    ['provider: github, app: { client-id: Iv1 }', ['key-missing app']],
    [
      'provider: github, app: { client-id: Iv1, private-key: { env: K }, installation-id: x1 }',
      ['installation-id-invalid app.installation-id'],
    ],
    [
      'provider: github, app: { client-id: Iv1, private-key: { env: K }, permissions: { contents: all } }',
      ['permission-invalid app.permissions'],
    ],
    [
      'provider: github, app: { client-id: Iv1, private-key: { env: K }, permissions: read }',
      ['permission-invalid app.permissions'],
    ],
    [
      'provider: github, app: { client-id: Iv1, private-key: { env: K }, repositories: [acme/rnaseq] }',
      ['app-repositories-invalid app.repositories[0]'],
    ],
    [
      'provider: github, app: { client-id: Iv1, private-key: { env: K }, repositories: everything }',
      ['app-repositories-invalid app.repositories'],
    ],
    [
      'provider: github, app: { client-id: Iv1, private-key: 0123456789abcdef0123456789abcdef01234567 }',
      ['private-key-kind app.private-key'],
    ],
    ['provider: github, client-id: Iv1, private-key: { env: K }', ['key-misplaced', 'key-misplaced']],
    ['provider: github, token: { env: A }, expires: soon', ['expires-invalid expires']],
    ['provider: github, token: { env: A }, access: admin', ['access-invalid access']],
    ['provider: github, token: { env: A }, status: off', ['status-invalid status']],
    ['provider: github, token: { env: A }, default: maybe', ['boolean-expected default']],
    ['provider: github, token: { env: A }, purposes: [clone, colne]', ['purpose-unknown purposes[1]']],
    [
      'provider: github, token: { env: A }, registries: [ghcr.io, acme]',
      ['registry-host-missing registries[1]'],
    ],
    ['provider: github, token: { env: A }, ssh: "git@host:acme/x"', ['ssh-address-invalid ssh']],
    ['provider: github, token: { env: A }, api-url: http://api.example.com', ['url-http api-url']],
    [
      'provider: registry, registry: ghcr.io, username: a, password: { env: A }, token-realm: "*"',
      ['token-realm-invalid token-realm'],
    ],
    ['provider: github, token: { env: $A }', ['variable-name-invalid token.env']],
    ['provider: github, token: { file: secrets/a }', ['file-path-relative token.file']],
    ['provider: github, token: { evn: A }', ['key-unknown token']],
    ['provider: github, token: [a]', ['reference-invalid token']],
    ['provider: github, token: { env: A, file: /b }', ['reference-invalid token']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what nothing has filled in
    ['provider: github, token: "${{ secrets.LAB_TOKEN }}"', ['placeholder token']],
    ['provider: github, token: $LAB_TOKEN', ['placeholder token']],
  ])('%s', (keys, expected) => {
    expect(credentialFaults(keys)).toEqual(expected);
  });
});

describe('rule 10: a base URL names a host of its provider', () => {
  test.each([
    [
      'provider: codecommit, url: https://codecommit.example.com, access-key-id: AKIDEXAMPLE, secret-access-key: { env: A }',
      'url-not-of-provider url',
    ],
    [
      'provider: codecommit, url: https://git-codecommit.eu-west-1.amazonaws.com.evil.example, access-key-id: AKIDEXAMPLE, secret-access-key: { env: A }',
      'url-not-of-provider url',
    ],
    ['provider: bitbucket, url: https://bitbucket.example.com, token: { env: A }', 'url-not-of-provider url'],
    ['provider: github, url: https://api.github.com, token: { env: A }', 'url-host-other url'],
    ['provider: github, url: https://www.github.com/acme, token: { env: A }', 'url-host-other url'],
    ['provider: gitlab, url: https://altssh.gitlab.com/acme, token: { env: A }', 'url-host-other url'],
  ])('%s', (keys, expected) => {
    expect(credentialFaults(keys)).toEqual([expected]);
  });

  test.each([
    ['provider: azure-devops, url: https://acme.visualstudio.com/data', 'dev.azure.com'],
    ['provider: azure-devops, url: https://tfs.example.com/tfs/data', 'tfs.example.com'],
    ['provider: bitbucket, url: "http://127.0.0.1:7990/acme"', '127.0.0.1:7990'],
  ])('%s is for %s', (keys, host) => {
    expect(credential(`${keys}, token: ${literal}`).base?.host).toBe(host);
  });
});
