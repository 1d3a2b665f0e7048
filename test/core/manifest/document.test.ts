import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../../src/core/manifest/document.ts';
import { plainValue } from '../../../src/core/manifest/tree.ts';

function value(text: string): unknown {
  const { tree, problems } = parseDocument(text);
  expect(problems).toEqual([]);
  return tree === null ? null : JSON.parse(JSON.stringify(plainValue(tree)));
}

function faults(text: string): readonly string[] {
  return parseDocument(text).problems.map(({ fault, at, path }) =>
    [fault.code, `${at.line}:${at.column}`, path.join('.')].join(' ').trim(),
  );
}

const sample = {
  version: '1',
  credentials: [{ name: 'lab', password: '0123456' }],
  repositories: ['https://a.example/b'],
};

test.each([
  [
    'YAML',
    'version: 1\ncredentials:\n  - name: lab\n    password: 0123456\nrepositories: [https://a.example/b]\n',
  ],
  [
    'YAML with CRLF',
    'version: 1\r\ncredentials:\r\n- { name: lab, password: 0123456 }\r\nrepositories:\r\n- https://a.example/b\r\n',
  ],
  [
    'YAML with markers and comments',
    '# yaml-language-server: $schema=x\n---\nversion: 1 # one\ncredentials: [{ name: lab, password: 0123456 }]\nrepositories: [https://a.example/b]\n...\n',
  ],
  ['JSON', JSON.stringify(sample)],
  ['JSON indented with tabs', JSON.stringify(sample, null, '\t')],
  ['a byte order mark', `\ufeff${JSON.stringify(sample)}`],
  ['base64', Buffer.from(JSON.stringify(sample)).toString('base64')],
  [
    'base64 in lines',
    Buffer.from(JSON.stringify(sample))
      .toString('base64')
      .replace(/(.{20})/g, '$1\r\n  '),
  ],
  ['base64url', Buffer.from(JSON.stringify(sample)).toString('base64url')],
  ['base64 with a byte order mark inside', Buffer.from(`\ufeff${JSON.stringify(sample)}`).toString('base64')],
])('%s is read', (_, text) => {
  expect(value(text)).toEqual(sample);
});

test('rule 3: every scalar is a text, exactly as written', () => {
  const scalars = [
    '0123456',
    '1e5',
    '0x10',
    '0o17',
    '1_000',
    'true',
    'no',
    'NaN',
    '.inf',
    '2027-01-31',
    '12:30:45',
    '1.10',
    '+1',
  ];
  expect(value(scalars.map((scalar, index) => `k${index}: ${scalar}`).join('\n'))).toEqual(
    Object.fromEntries(scalars.map((scalar, index) => [`k${index}`, scalar])),
  );
});

test('aliases are read', () => {
  expect(value('a: &x [p, q]\nb: *x\nc: { d: *x }\n')).toEqual({
    a: ['p', 'q'],
    b: ['p', 'q'],
    c: { d: ['p', 'q'] },
  });
});

describe('rule 3: what YAML has beyond data is refused', () => {
  const laughs = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i++)
    laughs.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);

  test.each([
    [
      'a tag',
      'a: !!str 1\nb: !Foo { c: d }',
      ['yaml-tag-resolve-failed 1:10 a', 'yaml-tag-resolve-failed 2:9 b'],
    ],
    ['a merge key', 'a: &x { b: c }\nd:\n  <<: *x\n', ['yaml-merge-key 3:3 d']],
    ['a directive', '%YAML 1.1\n---\na: b', ['yaml-bad-directive 1:1']],
    ['a tag directive', '%TAG ! tag:x\n---\na: b', ['yaml-bad-directive 1:1']],
    ['two documents', 'a: b\n---\nc: d', ['yaml-multiple-docs 2:1']],
    ['a key twice', 'a: b\n"a": c', ['yaml-duplicate-key 2:1']],
    ['a key that is no text', '? [a]\n: b', ['yaml-non-string-key 1:3']],
    ['an unknown alias', 'a: *nope', ['yaml-bad-alias 1:4 a']],
    ['an alias inside itself', 'a: &a [*a]', ['yaml-bad-alias 1:8 a.0']],
  ])('%s', (_, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  test('aliases that grow', () => {
    const started = performance.now();
    expect(parseDocument(laughs.join('\n')).problems[0]?.fault.code).toBe('yaml-resource-exhaustion');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test.each(['[', '{a: ', '- ', 'a: [', '? '])('%j a hundred thousand times', (opening) => {
    expect(parseDocument(opening.repeat(100_000)).tree).toBeNull();
  });
});

test.each([
  ['nothing', '', ['manifest-empty 1:1']],
  ['white space', ' \n\t\n', ['manifest-empty 1:1']],
  ['only a comment', '# later\n', ['manifest-not-a-mapping 1:1']],
  ['a list', '- a\n- b', ['manifest-not-a-mapping 1:1']],
  ['a secret in its place', 'a phrase, with a comma', ['manifest-not-a-mapping 1:1']],
  ['a token in its place', 'ghx_canaryCANARYcanaryCANARY01', ['manifest-not-a-mapping 1:1']],
  [
    'base64 of binary',
    Buffer.from([0xff, 0xfe, 1, 2, 3, 4]).toString('base64'),
    ['manifest-not-a-mapping 1:1'],
  ],
  ['base64 of UTF-16', Buffer.from('version: 1', 'utf16le').toString('base64'), ['manifest-encoding 1:1']],
  [
    'empty values',
    'a:\nb: ~\nc: null\nd: ""\ne: [x, ]\nf: ["null"]',
    ['value-empty 1:3 a', 'value-empty 2:4 b', 'value-empty 3:4 c', 'value-empty 4:4 d'],
  ],
  ['an open quote', 'a: "unclosed\nb: c', ['yaml-missing-char 2:5']],
  ['an open bracket', 'a: [b', ['yaml-bad-indent 1:6']],
  ['a colon in a value', 'a: b: c', ['yaml-block-as-implicit-key 1:4']],
  ['broken indentation', 'a:\n  b: c\n d: e', ['yaml-bad-indent 3:1']],
  ['a tab as indentation', 'a:\n\tb: c', ['yaml-tab-as-indent 2:1']],
  ['a reserved start', 'a: @b\nc: `d`', ['yaml-bad-scalar-start 1:4', 'yaml-bad-scalar-start 2:4']],
  ['an unknown escape', 'a: "\\q"', ['yaml-bad-dq-escape 1:5']],
])('%s: where and what', (_, text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test('rule 4: mappings are Maps, so __proto__ is a key like any', () => {
  const { tree } = parseDocument('__proto__: { polluted: yes }\nconstructor: x');
  const object = plainValue(tree ?? expect.fail()) as Record<string, unknown>;
  expect(Object.keys(object)).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

describe('property', () => {
  const pieces = fc.constantFrom(
    'a',
    ': ',
    ':',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
    '|',
    '>',
    '&x ',
    '*x',
    '!t ',
    '#',
    '%',
    '---',
    '...',
    '\t',
    '\r',
    '?',
    '\\',
    '<<',
    '\u0000',
    '\ufeff',
    '😀',
  );
  const soup = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
  );

  test('rule 26: no text makes the reader throw, and no problem quotes it', () => {
    fc.assert(
      fc.property(soup, soup, (before, after) => {
        const { problems } = parseDocument(`${before}canaryword${after}`);
        expect(JSON.stringify(problems.map(({ fault }) => fault))).not.toContain('canaryword');
      }),
      { numRuns: 2000 },
    );
  });

  test('JSON comes back as it went in, every scalar as its text', () => {
    const text = fc.string({ minLength: 1 }).map((each) => `t${each}`);
    const tree = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, text, fc.array(tie('node')), fc.dictionary(text, tie('node'))),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(text, tree), fc.boolean(), (object, encode) => {
        const json = JSON.stringify(object);
        expect(value(encode ? Buffer.from(json).toString('base64') : json)).toEqual(object);
      }),
    );
  });
});

test('a text of more than 4 MiB is not read', () => {
  const { tree, problems } = parseDocument(`a: b\n${'#'.repeat(4 * 1024 * 1024)}`);
  expect([tree, problems.map(({ fault }) => fault.code)]).toEqual([null, ['manifest-large']]);
});

test('rule 3: what aliases multiply is told a thousand times at most, and not read on', () => {
  const aliases = Array.from({ length: 50_000 }, () => '*a').join(', ');
  const { tree, problems } = parseDocument(`a: &a [x]\nrepositories: [${aliases}]\n`);
  expect(tree).toBeNull();
  expect(problems).toHaveLength(1000);
});
