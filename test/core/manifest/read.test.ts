import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ManifestSource, readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';

function trusted(text: string, name = 'manifest.yml'): ManifestSource {
  return { name, text, trust: 'trusted' };
}

/** What is wrong, as `code path line:column`, in the order of the text. */
function faults(...texts: readonly string[]): readonly string[] {
  const { problems } = readManifests(
    texts.map((text, index) => trusted(text, `${index}.yml`)),
    gitProviders,
  );
  return problems.map(({ code, path, line, column }) => `${code} ${path} ${line}:${column}`);
}

const literal = 'canary-token-1';

test('all problems are found at once, each with its place', () => {
  expect(
    faults(`version: 2
credentials:
  - name: 1st
    provider: gitlab
    tokne: ${literal}
    expires: 2027-02-30
  - name: second
    provider: registry
    registry: ghcr.io
    username: a
    password: short
  - name: Second
    provider: github
    url: https://user:canary-password@github.com
    token: { env: A }
repositories:
  - { ulr: https://github.com/acme/rnaseq, access: admin }
  - { url: https://github.com/acme/rnaseq, credential: secnd }
registries: ghcr.io
`),
  ).toEqual([
    'version-unknown version 1:10',
    'name-invalid credentials[0].name 3:11',
    'key-unknown credentials[0] 5:5',
    'expires-invalid credentials[0].expires 6:14',
    'secret-short credentials[1].password 11:15',
    'name-duplicate credentials[2].name 12:11',
    'url-user-info credentials[2].url 14:10',
    'key-unknown repositories[0] 17:7',
    'target-access-invalid repositories[0].access 17:52',
    'pin-unknown repositories[1] 18:5',
    'list-expected registries 19:13',
  ]);
});

test.each([
  ['a', []],
  ['A-1_b', []],
  ['a'.repeat(64), []],
  ['a'.repeat(65), ['name-invalid']],
  ['1a', ['name-invalid']],
  ['_a', ['name-invalid']],
  ['__proto__', ['name-invalid']],
  ['../a', ['name-invalid']],
  ['a b', ['name-invalid']],
  ['ä', ['name-invalid']],
  ['job-token', ['name-reserved']],
  ['JOB-Token', ['name-reserved']],
])('rule 4: the name %s', (name, expected) => {
  const text = `version: 1\ncredentials: [{ name: "${name}", provider: github, token: { env: A } }]`;
  const { problems } = readManifests([trusted(text)], gitProviders);
  expect(problems.map(({ code }) => code)).toEqual(expected);
});

test('several manifests are merged in the order given, and messages say which one', () => {
  const first = trusted(
    `version: 1\ncredentials: [{ name: a, provider: github, token: { env: A } }]\nrepositories: [https://github.com/acme/a]`,
    'org.yml',
  );
  const second = trusted(
    `version: 1\ncredentials: [{ name: b, provider: gitlab, token: { env: B } }]\nrepositories: [https://gitlab.com/acme/b]\nregistries: [ghcr.io]`,
    'repo.yml',
  );
  const { manifest } = readManifests([first, second], gitProviders);
  expect(manifest?.credentials.map(({ name, order, place }) => [name, order, place.source])).toEqual([
    ['a', 0, 'org.yml'],
    ['b', 1, 'repo.yml'],
  ]);
  expect(manifest?.targets.map(({ given, place }) => [given, place?.source])).toEqual([
    ['https://github.com/acme/a', 'org.yml'],
    ['https://gitlab.com/acme/b', 'repo.yml'],
    ['ghcr.io', 'repo.yml'],
  ]);
  const broken = readManifests(
    [
      first,
      trusted('version: 1\ncredentials: [{ name: A, provider: github, token: { env: A } }]', 'repo.yml'),
    ],
    gitProviders,
  );
  expect(broken.problems).toMatchObject([
    {
      code: 'name-duplicate',
      source: 'repo.yml',
      line: 2,
      message: expect.stringContaining('org.yml, line 2'),
    },
  ]);
  expect(broken.manifest).toBeNull();
});

test('a manifest may hold targets only, and says what it is for editors', () => {
  const { manifest } = readManifests(
    [trusted('{ "$schema": "x", "version": 1, "registries": ["ghcr.io"] }')],
    gitProviders,
  );
  expect(manifest?.targets).toMatchObject([
    { kind: 'registry', given: 'ghcr.io', access: 'read', pinned: null },
  ]);
});

test('rule 27: a key that is nearly one is shown without what a terminal obeys', () => {
  const keys = ['\u001bcurl', 'u\u202erl', 'url\u2028', 'u\nrl'];
  const text = keys.map((key) => `  - { ${JSON.stringify(key)}: x }\n`).join('');
  const { problems } = readManifests([trusted(`version: 1\ncredentials:\n${text}`)], gitProviders);
  const said = problems.map(({ message, hint }) => message + hint).join('');
  expect(said).toContain('Write `url`');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is refused
  expect(said).not.toMatch(/[\u0000-\u001f\u202e\u2028]/);
});

test('of very many mistakes a thousand are told', () => {
  const keys = Array.from({ length: 3000 }, (_none, index) => `k${index}: v\n`).join('');
  expect(readManifests([trusted(`version: 1\n${keys}`)], gitProviders).problems).toHaveLength(1000);
});

describe('rule 26: no message shows what stands in the manifest', () => {
  const word = 'canaryword';
  const spots = [
    'version',
    'name',
    'provider',
    'url',
    'token',
    'expires',
    'access',
    'registries',
    'app',
    'permissions',
    'ssh',
    'api-url',
    'environments',
    'username',
    'organization',
    'purposes',
    'email',
    'credential',
    'revision',
  ];

  test('neither values nor keys, wherever they stand', () => {
    const value = fc.constantFrom(
      word,
      `https://u:${word}@x`,
      `${word}\n`,
      [word],
      { [word]: word },
      { env: `$${word}` },
      { [word]: { env: 'A' } },
      `\u0000${word}`,
    );
    const key = fc.constantFrom(...spots, word, `${word}-token`);
    const object = fc.dictionary(key, value);
    const app = fc.dictionary(
      fc.constantFrom('client-id', 'app-id', 'private-key', 'permissions', 'repositories', word),
      value,
    );
    const entry = fc
      .tuple(object, fc.option(app))
      .map(([keys, inside]) => ({ ...keys, ...(inside && { app: inside }) }));
    const manifest = fc.record(
      {
        version: fc.constantFrom('1', word),
        credentials: fc.array(entry),
        repositories: fc.array(fc.oneof(value, object)),
        [word]: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(manifest, (document) => {
        const { problems } = readManifests([trusted(JSON.stringify(document))], gitProviders);
        expect(JSON.stringify(problems)).not.toContain(word);
      }),
      { numRuns: 500 },
    );
  });
});
