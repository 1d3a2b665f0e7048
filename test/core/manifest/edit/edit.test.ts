import { describe, expect, test } from 'vitest';
import { isFault } from '../../../../src/core/fault.ts';
import type { Edit } from '../../../../src/core/manifest/edit/changed-plain.ts';
import { edited } from '../../../../src/core/manifest/edit/edit.ts';

const block = `# ours
version: 1   # always

credentials:
  # the first
  - name: a   # trailing
    token: { env: X }
    key: |
      abc
      def

  # the second
  - { name: b, token: 'x y' } # in braces

  - name: c
    registries:
    - one
    - two # of two
    url: https://c.example.com
repositories: []   # none yet
# the end
`;

function make(text: string, edit: Edit): string {
  const result = edited(text, edit);
  if (isFault(result)) throw new Error(result.code);
  return result;
}

/** What an edit took out and what it put in, line by line. */
function change(text: string, edit: Edit): string {
  const [old, now] = [text.split('\n'), make(text, edit).split('\n')];
  let head = 0;
  while (head < old.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const lines = (mark: string, all: string[]) =>
    all.slice(head, all.length - tail).map((line) => `${mark}${line}`);
  return [...lines('-', old), ...lines('+', now)].join('\n');
}

const first = ['credentials', 0];

test.each<[string, Edit, string]>([
  [
    'a new key goes behind the last one',
    { do: 'set', at: first, key: 'expires', value: '2027-01-31' },
    '+    expires: 2027-01-31',
  ],
  [
    'a value is replaced, its comment stays',
    { do: 'set', at: first, key: 'name', value: 'z' },
    '-  - name: a   # trailing\n+  - name: z   # trailing',
  ],
  [
    'a text in lines becomes a reference',
    { do: 'set', at: first, key: 'key', value: { env: 'KEY' } },
    '-    key: |\n-      abc\n-      def\n+    key: { env: KEY }',
  ],
  [
    'a reference becomes a text in lines',
    { do: 'set', at: first, key: 'token', value: 'one\ntwo\n' },
    '-    token: { env: X }\n+    token: |\n+      one\n+      two',
  ],
  [
    'a value with a comment becomes a text in lines',
    { do: 'set', at: first, key: 'name', value: 'one\ntwo' },
    '-  - name: a   # trailing\n+  - name: |-   # trailing\n+      one\n+      two',
  ],
  [
    'a key in braces',
    { do: 'set', at: ['credentials', 1], key: 'expires', value: 'never' },
    "-  - { name: b, token: 'x y' } # in braces\n+  - { name: b, token: 'x y', expires: never } # in braces",
  ],
  [
    'a value in braces',
    { do: 'set', at: ['credentials', 1], key: 'token', value: { env: 'T' } },
    "-  - { name: b, token: 'x y' } # in braces\n+  - { name: b, token: { env: T } } # in braces",
  ],
  [
    'a key inside a reference',
    { do: 'set', at: [...first, 'token'], key: 'env', value: 'Y' },
    '-    token: { env: X }\n+    token: { env: Y }',
  ],
  ['a key is taken out', { do: 'unset', at: first, key: 'token' }, '-    token: { env: X }'],
  [
    'the first key of an item is taken out',
    { do: 'unset', at: first, key: 'name' },
    '-  - name: a   # trailing\n-    token: { env: X }\n+  - token: { env: X }',
  ],
  [
    'the last key in braces is taken out',
    { do: 'unset', at: ['credentials', 1], key: 'token' },
    "-  - { name: b, token: 'x y' } # in braces\n+  - { name: b } # in braces",
  ],
  [
    'the first key in braces is taken out',
    { do: 'unset', at: ['credentials', 1], key: 'name' },
    "-  - { name: b, token: 'x y' } # in braces\n+  - { token: 'x y' } # in braces",
  ],
  [
    'an item goes behind the last one',
    {
      do: 'append',
      at: ['credentials'],
      value: { name: 'd', app: { 'app-id': 7, 'private-key': 'k\nl\n' }, registries: ['r', 's'] },
    },
    '+  - name: d\n+    app:\n+      app-id: 7\n+      private-key: |\n+        k\n+        l\n+    registries: [ r, s ]',
  ],
  [
    'an item behind those without indentation',
    { do: 'append', at: ['credentials', 2, 'registries'], value: 'three' },
    '+    - three',
  ],
  [
    'the first item of an empty list',
    { do: 'append', at: ['repositories'], value: 'https://github.com/acme/rnaseq' },
    '-repositories: []   # none yet\n+repositories:   # none yet\n+  - https://github.com/acme/rnaseq',
  ],
  [
    'an item in braces is taken out',
    { do: 'remove', at: ['credentials'], index: 1 },
    "-  - { name: b, token: 'x y' } # in braces",
  ],
  [
    'an item is taken out, the comments above it stay',
    { do: 'remove', at: ['credentials'], index: 0 },
    '-  - name: a   # trailing\n-    token: { env: X }\n-    key: |\n-      abc\n-      def',
  ],
  [
    'a text that other readers take for a number gets quotes',
    { do: 'set', at: first, key: 'token', value: '0123456' },
    '-    token: { env: X }\n+    token: "0123456"',
  ],
])('%s', (_, edit, expected) => {
  expect(change(block, edit)).toBe(expected);
});

describe('JSON', () => {
  const json =
    '{\n  "version": "1",\n  "credentials": [\n    { "name": "a" },\n    {\n      "name": "b"\n    }\n  ]\n}\n';

  test('stays JSON in lines', () => {
    const result = make(json, {
      do: 'append',
      at: ['credentials'],
      value: { name: 'c', app: { 'app-id': '7' } },
    });
    expect(JSON.parse(result).credentials[2]).toEqual({ name: 'c', app: { 'app-id': '7' } });
    expect(result).toContain(
      '    },\n    {\n      "name": "c",\n      "app": {\n        "app-id": "7"\n      }\n    }\n  ]',
    );
  });

  test('stays JSON in one line', () => {
    const result = make('{"credentials":[{"name":"a"}]}', {
      do: 'set',
      at: ['credentials', 0],
      key: 'token',
      value: { env: 'T' },
    });
    expect(result).toBe('{"credentials":[{"name":"a", "token": {"env":"T"}}]}');
  });

  test('gets a first item', () => {
    expect(make('{"credentials": []}', { do: 'append', at: ['credentials'], value: { name: 'a' } })).toBe(
      '{"credentials": [\n  {\n    "name": "a"\n  }\n]}',
    );
  });
});

test('the last item leaves an empty list, which takes an item again', () => {
  const one = 'version: 1\ncredentials:\n  # here\n  - name: a\n    token: { env: X } # x\n';
  const none = make(one, { do: 'remove', at: ['credentials'], index: 0 });
  expect(none).toBe('version: 1\ncredentials:\n  # here\n    []\n');
  expect(make(none, { do: 'append', at: ['credentials'], value: { name: 'b' } })).toContain(
    '\n  - name: b\n',
  );
});

test('without a comment in between, the brackets stand beside their key', () => {
  const one = 'version: 1\ncredentials: # ours\n  - name: a\nrepositories:\n- x # y\n';
  const none = make(one, { do: 'remove', at: ['repositories'], index: 0 });
  expect(none).toBe('version: 1\ncredentials: # ours\n  - name: a\nrepositories: []\n');
  expect(make(none, { do: 'remove', at: ['credentials'], index: 0 })).toBe(
    'version: 1\ncredentials: # ours\n    []\nrepositories: []\n',
  );
});

test('line ends stay as they are', () => {
  const result = make(block.replaceAll('\n', '\r\n'), {
    do: 'append',
    at: ['credentials'],
    value: { name: 'd', key: 'k\nl\n' },
  });
  expect(result.replaceAll('\r\n', '')).not.toContain('\n');
});

test('a document without a last line end', () => {
  const text = 'version: 1\nregistries: [docker.io]';
  expect(make(text, { do: 'set', at: [], key: 'credentials', value: [] })).toBe(`${text}\ncredentials: []`);
});

test('what an alias needs is not taken out', () => {
  const text =
    'version: 1\ncredentials:\n  - name: a\n    token: &t { env: X }\n  - name: b\n    token: *t\n';
  expect(edited(text, { do: 'remove', at: ['credentials'], index: 0 })).toMatchObject({
    code: 'edit-entangled',
  });
});

test('a value that an alias repeats is not changed in two places', () => {
  const text =
    'version: 1\ncredentials:\n  - name: a\n    token: &t { env: X }\n  - name: b\n    token: *t\n';
  const edit = { do: 'set', at: ['credentials', 0, 'token'], key: 'env', value: 'Y' } as const;
  expect(edited(text, edit)).toMatchObject({ code: 'edit-entangled' });
});

test('a broken document is left alone', () => {
  expect(edited('version: [', { do: 'set', at: [], key: 'a', value: 'b' })).toMatchObject({
    code: 'manifest-unreadable',
  });
});
