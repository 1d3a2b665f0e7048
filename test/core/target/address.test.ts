import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFault } from '../../../src/core/fault.ts';
import { parseAddress } from '../../../src/core/target/address.ts';

test('an address taken apart', () => {
  expect(parseAddress('ssh://git@Git.Example.com:2222/Acme/tool.git/')).toEqual({
    transport: 'ssh',
    hostname: 'git.example.com',
    port: 2222,
    user: 'git',
    segments: ['Acme', 'tool'],
  });
});

test.each([
  ['https://github.com:443/a/b', null],
  ['https://github.com:8443/a/b', 8443],
  ['http://localhost:80/a/b', null],
  ['ssh://git@github.com:22/a/b', null],
  ['ssh://git@github.com:443/a/b', 443],
  ['git.example.com:8443/a/b', 8443],
])('the port of %s', (text, port) => {
  expect(parseAddress(text)).toMatchObject({ port });
});

test.each([
  ['https://alice:canary@github.com/a/b', null],
  ['ssh://alice:canary@github.com/a/b', null],
  ['ssh://alice@github.com/a/b', 'alice'],
  ['org-4711@github.com:a/b', 'org-4711'],
  ['github.com:a/b', null],
])('the user of %s', (text, user) => {
  expect(parseAddress(text)).toMatchObject({ hostname: 'github.com', user });
});

test.each([
  ['https://github.com/a%20b/c', ['a b', 'c']],
  ['https://github.com/a/%C3%BC', ['a', 'ü']],
  ['https://github.com/a/%252e', ['a', '%2e']],
  ['https://github.com/a/b.git.git', ['a', 'b.git']],
  ['https://github.com/a/b%40c', ['a', 'b@c']],
  ['git@host.example:~me/tool', ['~me', 'tool']],
  ['git@host.example:12345/tool', ['12345', 'tool']],
])('the path of %s', (text, segments) => {
  expect(parseAddress(text)).toMatchObject({ segments });
});

describe('refused, with what to do', () => {
  test.each([
    ['git://github.com/a/b', 'target-scheme'],
    ['ftp://github.com/a/b', 'target-scheme'],
    ['file:///srv/git/b', 'target-file'],
    ['/srv/git/b', 'target-file'],
    ['./b', 'target-file'],
    ['../b', 'target-file'],
    ['~/b', 'target-file'],
    ['C:/git/b', 'target-file'],
    ['C:\\git\\b', 'target-characters'],
    ['acme/rnaseq', 'target-host'],
    ['rnaseq', 'target-host'],
    ['', 'target-host'],
    ['https:///a/b', 'target-host'],
    ['https://github.com', 'target-path'],
    ['https://github.com/', 'target-path'],
    ['git@github.com:', 'target-path'],
    ['https://github.com/a/b?token=canary', 'target-query'],
    ['https://github.com/a/b#main', 'target-query'],
    ['https://github.com/a b', 'target-characters'],
    ['https://github.com/a/b\nhttps://evil.example', 'target-characters'],
    [`https://github.com/${'a/'.repeat(2000)}b`, 'target-characters'],
    ['https:/github.com/a/b', 'target-scheme'],
    ['https://github.com/alice:canary@x/b', 'target-user-info'],
    ['git@github.com:a/@b', 'target-user-info'],
    ['alice:canary@github.com@evil.example/a/b', 'target-user-info'],
    ['codecommit::us-east-1://a/b', 'target-codecommit'],
    ['codecommit::us-east-1://..', 'target-codecommit'],
  ])('%s', (text, code) => {
    expect(parseAddress(text)).toMatchObject({ code, hint: expect.stringMatching(/\w/) });
  });
});

describe('rule 7: strict hosts and paths', () => {
  test.each([
    'https://*.example.com/a/b',
    'https://ex%61mple.com/a/b',
    'https://example.com./a/b',
    'https://exämple.com/a/b',
    'https://127.1/a/b',
    'https://0x7f.0.0.1/a/b',
    'https://2130706433/a/b',
    'https://example.com:0/a/b',
    'https://example.com:99999/a/b',
    'https://example.com:/a/b',
    'git@*.example.com:a/b',
    'https://evil.example\\@github.com/a/b',
    'https://evil.example@github.com@evil.example/a/b',
    'git@evil.example:x@github.com/a/b',
    'https://github.com/a/../b',
    'https://github.com/./a/b',
    'https://github.com//a/b',
    'https://github.com/a//b',
    'https://github.com/a/b//',
    'https://github.com/a/%2e%2e/b',
    'https://github.com/a%2Fb/c',
    'https://github.com/a%5cb/c',
    'https://github.com/a/b%0a',
    'https://github.com/a/%zz',
    'https://github.com/a/\u202Eb',
    'git@github.com:../a/b',
  ])('%j', (text) => {
    expect(isFault(parseAddress(text))).toBe(true);
  });
});

test.each([
  'codecommit::us-east-1.evil.example://name',
  'codecommit::evil://name',
  'codecommit::us-east-1x://name',
])('rule 10: %s names no region', (text) => {
  expect(parseAddress(text)).toMatchObject({ code: 'target-codecommit' });
});

const shape = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'https://',
        'ssh://',
        'git@',
        '@',
        ':',
        '/',
        '.git',
        '%2e',
        '..',
        '\\',
        '*',
        '?',
        '#',
        '[',
        ']',
        'github.com',
        '22',
        'codecommit::',
        'us-east-1',
        '-',
        '~',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

test('the parser never throws, and what it reads is sound', () => {
  fc.assert(
    fc.property(shape, (text) => {
      const address = parseAddress(text);
      if (isFault(address)) return;
      expect(address.hostname).toMatch(/^[a-z0-9.:[\]-]*$/);
      expect(address.segments.length).toBeGreaterThan(0);
      for (const segment of address.segments) expect(segment).not.toMatch(/^\.{0,2}$|[/\\\p{C}]/u);
    }),
    { numRuns: 3000 },
  );
});
