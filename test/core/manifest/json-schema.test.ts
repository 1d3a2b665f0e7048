import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { manifestJsonSchema } from '../../../src/core/manifest/json-schema.ts';
import { readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';

const schema = manifestJsonSchema(gitProviders);
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

/** What an editor and what the reader say of a manifest. */
function verdicts(text: string): { editor: boolean; reader: boolean } {
  const { manifest } = readManifests([{ name: 'm', text, trust: 'trusted' }], gitProviders);
  return { editor: validate(parse(text)), reader: manifest !== null };
}

const credential = (keys: string) => `version: 1\ncredentials: [{ name: one, ${keys} }]`;

describe('the schema takes what the reader takes', () => {
  test.each([
    'version: 1\nregistries: []',
    '{ "$schema": "manifest.schema.json", "version": 1, "registries": ["ghcr.io"] }',
    'version: "1"\nrepositories: [https://github.com/acme/a, { url: https://github.com/acme/b, access: write, revision: v1, credential: one }]\ncredentials: [{ name: one, provider: github, token: { env: A } }]',
    credential(
      'provider: github, app: { app-id: 12, private-key: { env: K }, installation-id: 4711, permissions: { pull-requests: write }, repositories: [a] }',
    ),
    credential(
      'provider: github, token: 1234567890, expires: 2027-01-31, default: true, environments: production, purposes: [clone]',
    ),
    credential(
      'provider: forgejo, url: https://git.example.com, username: 42, password: { file: { env: A } }',
    ),
    credential('provider: bitbucket, workspace: acme, token: { file: /run/a }, email: a@b.example'),
    credential('provider: codecommit, access-key-id: AKIDEXAMPLE, secret-access-key: { env: A }'),
    credential(
      'provider: registry, registry: ghcr.io, username: a, password: { env: A }, token-realm: auth.example.com',
    ),
  ])('%s', (text) => {
    expect(verdicts(text)).toEqual({ editor: true, reader: true });
  });
});

describe('and refuses what can be seen without our help', () => {
  test.each([
    'credentials: []',
    'version: 2',
    'version: 1\nrepos: []',
    'version: 1\nregistries: ghcr.io',
    'version: 1\nrepositories: [{ ulr: https://github.com/acme/a }]',
    credential('provider: githb, token: { env: A }'),
    credential('provider: gitlab, app: { client-id: Iv1, private-key: { env: K } }'),
    credential('provider: github, tokne: { env: A }'),
    credential('provider: github, token: { evn: A }'),
    credential('provider: github, token: { env: $A }'),
    credential('provider: github, token: short'),
    credential('provider: github, token: { env: A }, access: admin'),
    credential('provider: gitea, token: { env: A }'),
    credential('provider: registry, username: a, password: { env: A }'),
    credential('provider: github, app: { client-id: Iv1 }'),
  ])('%s', (text) => {
    expect(verdicts(text)).toEqual({ editor: false, reader: false });
  });
});

test('every key says what it is for', () => {
  const silent: string[] = [];
  const visit = (name: string, node: Record<string, unknown>) => {
    for (const [key, value] of Object.entries(
      (node.properties ?? {}) as Record<string, Record<string, unknown>>,
    )) {
      const reference = typeof value.$ref === 'string';
      if (!reference && typeof value.description !== 'string') silent.push(`${name}.${key}`);
      visit(`${name}.${key}`, value);
    }
  };
  visit('', schema);
  for (const [name, definition] of Object.entries(schema.$defs as Record<string, Record<string, unknown>>)) {
    if (!['env', 'file'].includes(name) && typeof definition.description !== 'string') silent.push(name);
    visit(name, definition);
  }
  expect(silent).toEqual([]);
});
