import { expect, test } from 'vitest';
import { readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';

function told(text: string): readonly string[] {
  const { problems } = readManifests([{ name: 'm.yml', text, trust: 'trusted' }], gitProviders);
  return problems.map(({ message, hint }) => `${message} ${hint}`);
}

const credential = (lines: string) =>
  `version: 1\ncredentials:\n  - name: acme\n    provider: github\n    ${lines.replaceAll('\n', '\n    ')}\n`;
const token = 'token: canary-0123456789';

test.each([
  ['version: 1\nrepository: [https://github.com/acme/rnaseq]', 'repository', 'repositories'],
  ['version: 1\nregistry: [docker.io]', 'registry', 'registries'],
  ['version: 1\nimages: [docker.io]', 'images', 'registries'],
  [credential(`org: acme\n${token}`), 'org', 'organization'],
  [credential(`owner: acme\n${token}`), 'owner', 'organization'],
  [credential(`host: https://github.com\n${token}`), 'host', 'url'],
  [credential('pat: canary-0123456789'), 'pat', 'token'],
  [credential('secret: canary-0123456789'), 'secret', 'token'],
  [credential('token: { secret: ACME_TOKEN }'), 'secret', 'env'],
  [credential('token: { path: /run/secrets/token }'), 'path', 'file'],
  [credential(`expires_at: 2027-01-31\n${token}`), 'expires_at', 'expires'],
  [credential('app: { clientId: Iv1, private-key: { env: KEY } }'), 'clientId', 'client-id'],
  [
    credential('app: { app-id: 1, installationId: 2, private-key: { env: KEY } }'),
    'installationId',
    'installation-id',
  ],
  ['version: 1\nrepositories: [{ url: https://github.com/a/b, branch: main }]', 'branch', 'revision'],
])('%j: the key is told', (text, key, meant) => {
  expect(told(text)).toEqual([`There is no key \`${key}\`. Write \`${meant}\`.`]);
});

test.each(['abc', 'x', 'canary', 'pot'])(
  'rule 26: what is only near to a short key is not shown: %s',
  (key) => {
    expect(told(credential(`${key}: x\n${token}`))).toEqual([
      'There is an unknown key here. Remove it; docs/manifest.md lists the keys.',
    ]);
  },
);

test.each([
  ['docker', 'registry'],
  ['ECR', 'registry'],
  ['dockerhub', 'registry'],
  ['github-enterprise', 'github'],
  ['GitHub App', 'github'],
  ['azure', 'azure-devops'],
  ['codeberg', 'gitea'],
])('the provider %s', (written, meant) => {
  const text = `version: 1\ncredentials:\n  - name: a\n    provider: ${written}\n    ${token}\n`;
  expect(told(text)).toEqual([`There is no such provider. Write \`${meant}\`.`]);
});

test.each([
  ['password: canary-0123456789', 'password'],
  ['access-token: canary-0123456789', 'access-token'],
])('on a git host that takes tokens only: %s', (line, key) => {
  expect(told(credential(line))).toEqual([`\`${key}\` has no meaning for github. Write it as \`token\`.`]);
});

test.each(['"***"', '***', "'*****'", '"[MASKED]"', '"[REDACTED]"'])('%s is no secret', (value) => {
  expect(told(credential(`token: ${value}`))).toEqual([
    'This is what a log shows in place of a secret. Put the secret itself here, or { env: NAME } for a variable that holds it.',
  ]);
});

test('a missing version is told as it is written', () => {
  expect(told(`credentials: []`)).toEqual(['`version` is missing. Add `version: 1`.']);
});

test.each([
  ['a tab', `version: 1\ncredentials:\n  - name: acme\n\tprovider: github\n`],
  ['a tab among spaces', `version: 1\ncredentials:\n  - name: acme\n  \tprovider: github\n`],
])('%s as indentation is called by its name', (_, text) => {
  expect(told(text)).toEqual([
    'The line is indented with a tab. Indent with spaces, the same number for all keys of one entry.',
  ]);
});

test('so is a space that is none', () => {
  expect(told(`version: 1\ncredentials:\n  - name: acme\n \u00a0  provider: github\n`)).toEqual([
    'The line is indented with something that only looks like a space. Indent with spaces, the same number for all keys of one entry.',
  ]);
});

test.each([
  ['{\n  // ours\n  "version": 1,\n  "credentials": []\n}', 2],
  ['{\n  "version": 1, /* ours */\n  "credentials": []\n}', 2],
  ['{\n  "version": 1, // ours\n  "credentials": []\n}', 2],
])('a comment in JSON: %j', (text, line) => {
  const { problems } = readManifests([{ name: 'm.json', text, trust: 'trusted' }], gitProviders);
  expect(problems).toMatchObject([
    { code: 'json-comment', line, message: 'JSON has no comments.', hint: 'Remove it, or begin it with #.' },
  ]);
});

test('an address in JSON is no comment', () => {
  expect(told('{ "version": 1, "repositories": ["https://github.com/acme/rnaseq"] }')).toEqual([]);
});

test.each([
  'env:ACME_TOKEN',
  'env.ACME_TOKEN',
  'secrets.ACME_TOKEN',
  '"{ env: ACME_TOKEN }"',
  '<your-token>',
  '$ACME_TOKEN',
])('%s is no secret, but what stands for one', (value) => {
  expect(told(credential(`token: ${value}`))).toEqual([
    'This is a placeholder that nothing has filled in. Write { env: NAME } with the name of the variable: the manifest is not expanded.',
  ]);
});

test('a colon without its space', () => {
  expect(told(credential('token: {env:ACME_TOKEN}'))).toEqual([
    'There is no space after the colon. Write `key: value`: { env: NAME }.',
  ]);
});

test('a value that became a tag is told once', () => {
  expect(told(credential('token: !canary'))).toEqual([
    'Tags (!name) are not read. Remove the tag, or put quotes around the value.',
  ]);
});

test('a private key that was not indented', () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nMIICANARY\n-----END RSA PRIVATE KEY-----\n';
  expect(told(`${credential('app:\n  app-id: 1\n  private-key: |')}${key}`)).toEqual([
    'The lines of a private key stand at the left margin. Indent them further than `private-key: |` above them, or keep the key apart: `private-key: { env: NAME }`.',
  ]);
  expect(told(key)).toEqual([expect.stringContaining('A single secret is not a manifest')]);
});
