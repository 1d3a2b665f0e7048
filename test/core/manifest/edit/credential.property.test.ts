import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFault } from '../../../../src/core/fault.ts';
import { parseDocument } from '../../../../src/core/manifest/document.ts';
import {
  entryOf,
  withChanges,
  withCredential,
  withoutCredential,
} from '../../../../src/core/manifest/edit/credential.ts';
import { editedAll } from '../../../../src/core/manifest/edit/edit.ts';
import type { Plain, PlainMap } from '../../../../src/core/manifest/edit/plain.ts';
import { readManifests } from '../../../../src/core/manifest/read.ts';
import { nodeAt } from '../../../../src/core/manifest/tree.ts';
import { gitProviders } from '../../../../src/providers/index.ts';

const canary = 'canary-0123456789';

/** Manifests as people write them: block, braces, JSON, CRLF, without indentation, with comments everywhere. */
const written = [
  `# team A\nversion: 1 # fixed\n\ncredentials:\n  # the first\n  - name: c0   # zero\n    provider: github\n    url: https://github.com/o0\n    token: ${canary} # secret\n\n  # the second\n  - { name: c1, provider: gitlab, url: 'https://gitlab.com/g', token: { env: LAB } } # one\n\nrepositories: # targets\n  - https://github.com/o0/r\n# end\n`,
  `version: 1\ncredentials:\n- name: c0\n  # inside\n  provider: registry\n  registry: docker.io\n  username: me\n  password: |  # text\n    ${canary}\n# between\n- provider: github\n  name: c1\n  app:\n    app-id: 7 # id\n    private-key: { file: /keys/k.pem }   # key\nregistries: [docker.io, ghcr.io] # both\n`,
  `{\n  "version": 1,\n  "credentials": [\n    {\n      "name": "c0",\n      "provider": "github",\n      "token": "${canary}"\n    }\n  ]\n}\n`,
  '{"version":1,"credentials":[]}',
  '# nothing yet\nversion: 1\ncredentials: [] # none\n',
];
const texts = [...written, ...written.map((text) => text.replaceAll('\n', '\r\n'))];

const secret: fc.Arbitrary<Plain> = fc.oneof(
  fc.constantFrom<Plain>({ env: 'TOKEN' }, { file: '/run/secrets/t' }, { file: { env: 'TOKEN' } }),
  fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' }).map((text) => `${canary}${text}x`),
);
const url = fc.nat(50).map((n) => `https://github.com/o${n}`);
const pem = generateKeyPairSync('rsa', { modulusLength: 1024 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();
const entry = (name: string): fc.Arbitrary<PlainMap> =>
  fc.oneof(
    fc.record({ name: fc.constant(name), provider: fc.constant('github'), url, token: secret }),
    fc.record({
      name: fc.constant(name),
      provider: fc.constant('github'),
      url: fc.constant(`https://github.com/${name}`),
      app: fc.constant<Plain>({ 'client-id': 'Iv23liEXAMPLE', 'private-key': pem }),
    }),
    fc.record({
      name: fc.constant(name),
      provider: fc.constant('registry'),
      registry: fc.constant('ghcr.io'),
      username: fc.constant('me'),
      password: secret,
    }),
  );
const change = fc.oneof(
  fc.record({
    key: fc.constant('expires'),
    value: fc.constantFrom<Plain | null>('2027-01-31', 'never', null),
  }),
  fc.record({ key: fc.constant('access'), value: fc.constantFrom<Plain | null>('read', 'write', null) }),
  fc.record({
    key: fc.constant('description'),
    value: fc.constantFrom<Plain | null>('two\nlines', 'a # b: c', null),
  }),
  fc.record({
    key: fc.constant('environments'),
    value: fc.constantFrom<Plain | null>(['a', 'b'], 'a', null),
  }),
  fc.record({ key: fc.constant('default'), value: fc.constantFrom<Plain | null>(true, false, null) }),
);

type Step = (text: string, count: number, turn: number) => ReturnType<typeof withCredential>;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: entry('new').map(
      (one): Step =>
        (text, _count, turn) =>
          withCredential(text, named(one, `n${turn}`)),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(), change).map(
      ([pick, one]): Step =>
        (text, count) =>
          count === 0
            ? text
            : withChanges(text, nameAt(text, pick % count), [{ ...one, within: 'credential' }]),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat().map(
      (pick): Step =>
        (text, count) =>
          count === 0 ? text : withoutCredential(text, nameAt(text, pick % count)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(9).map(
      (n): Step =>
        (text) =>
          withRepository(text, `https://github.com/x/r${n}`),
    ),
  },
);

function withRepository(text: string, entry: string) {
  const { tree } = parseDocument(text);
  const isThere = tree !== null && nodeAt(tree, ['repositories']) !== undefined;
  const list = { do: 'set', at: [], key: 'repositories', value: [] } as const;
  return editedAll(text, [...(isThere ? [] : [list]), { do: 'append', at: ['repositories'], value: entry }]);
}

function named(entry: PlainMap, name: string): PlainMap {
  const own = 'app' in entry ? { url: `https://github.com/${name}` } : {};
  return { ...entry, name, ...own };
}

function nameAt(text: string, index: number): string {
  const name = namesOf(text)[index];
  if (name === undefined) throw new Error(`no credential ${index}`);
  return name;
}

function namesOf(text: string): readonly string[] {
  return read(text).credentials.map(({ name }) => name);
}

function read(text: string) {
  const { manifest, problems } = readManifests([{ name: 'm', text, trust: 'trusted' }], gitProviders);
  for (const { message, hint, path } of problems) expect(`${message}${hint}${path}`).not.toContain(canary);
  if (manifest === null) throw new Error(`${problems.map(({ code }) => code)}\n${text}`);
  return manifest;
}

/** Comments in lines of their own outside of entries, or behind a key of the document: no edit has a reason to take them. */
const lasting = /^\s*# (?!inside).*$|^(?:version|credentials|repositories|registries):.*#.*$/gm;

test('a manifest edited a hundred times keeps its comments and its form, and stays valid', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.array(step, { minLength: 100, maxLength: 100, size: 'max' }),
      (start, steps) => {
        let text = start;
        const comments = (start.match(lasting) ?? []).map((line) => line.replace(/^.*#/, '#').trim());
        for (const [turn, one] of steps.entries()) {
          const result = one(text, namesOf(text).length, turn);
          if (isFault(result)) throw new Error(`${result.code}\n${text}`);
          text = result;
          read(text);
        }
        for (const comment of comments) expect(text).toContain(comment);
        if (start.startsWith('{')) JSON.parse(text);
        expect(text.replaceAll('\r\n', '').includes('\n')).toBe(
          !start.includes('\r\n') && text.includes('\n'),
        );
      },
    ),
    { numRuns: 10, endOnFailure: true },
  );
}, 120_000);

test('an edit of one credential leaves the lines of the others as they are', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts.slice(0, 2)), change, (text, one) => {
      const result = withChanges(text, 'c1', [{ ...one, within: 'credential' }]);
      if (isFault(result)) throw new Error(result.code);
      const start = text.indexOf('c0');
      const end = text.search(/# the second|# between/);
      expect(result).toContain(text.slice(start, end));
    }),
  );
});

test('a name that is not there is said, without showing it', () => {
  expect(entryOf(texts[0] ?? '', canary)).toMatchObject({ code: 'credential-unknown' });
  expect(JSON.stringify(withoutCredential(texts[0] ?? '', canary))).not.toContain(canary);
});
