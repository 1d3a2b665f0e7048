import { describe, expect, test } from 'vitest';
import { hostText, isLoopback, parseHost } from '../../src/core/host.ts';

describe('rule 7: hosts follow a strict grammar', () => {
  test.each([
    ['github.com', 'github.com', null],
    ['GitHub.COM', 'github.com', null],
    ['localhost', 'localhost', null],
    ['registry.example.com:5000', 'registry.example.com', 5000],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example', null],
    ['127.0.0.1:8080', '127.0.0.1', 8080],
    ['[::1]', '[::1]', null],
    ['[0:0:0:0:0:0:0:1]:8443', '[::1]', 8443],
    ['a-b.c1', 'a-b.c1', null],
  ])('%s is a host', (text, hostname, port) => {
    expect(parseHost(text)).toEqual({ hostname, port });
  });

  test.each([
    '',
    '.',
    'example.com.',
    '.example.com',
    'a..b',
    '*.example.com',
    'exa%6dple.com',
    'bücher.example',
    'ex_ample.com',
    '-a.example',
    'a-.example',
    'user@example.com',
    'example.com/path',
    'example.com\\evil',
    'example.com:',
    'example.com:0',
    'example.com:65536',
    'example.com:080',
    'example.com:80:90',
    'exa mple.com',
    'example.com\n',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0x7f000001',
    '127.0.0.01',
    '256.0.0.1',
    '1.2.3.4.5',
    '[::1',
    '::1',
    '[fe80::1%25eth0]',
    '[::g]',
    `${'a'.repeat(64)}.example`,
    Array.from({ length: 90 }, () => 'abc').join('.'),
  ])('%j is none', (text) => {
    expect(parseHost(text)).toBeNull();
  });
});

test.each([
  ['localhost', true],
  ['localhost:8080', true],
  ['127.8.9.10', true],
  ['[::1]:3000', true],
  ['127.evil.example', false],
  ['evil.localhost', false],
  ['127.0.0.1.nip.example', false],
  ['10.0.0.1', false],
  ['0.0.0.0', false],
])('rule 8: loopback %s is %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test("the scheme's own port is left out", () => {
  expect(hostText({ hostname: 'a.example', port: 443 }, 'https')).toBe('a.example');
  expect(hostText({ hostname: 'a.example', port: 443 }, 'http')).toBe('a.example:443');
  expect(hostText({ hostname: 'a.example', port: 443 }, null)).toBe('a.example:443');
  expect(hostText({ hostname: 'a.example', port: null }, 'https')).toBe('a.example');
});
