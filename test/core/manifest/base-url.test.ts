import { describe, expect, test } from 'vitest';
import { parseBaseUrl } from '../../../src/core/manifest/base-url.ts';

test.each([
  ['https://github.com', 'https', 'github.com', null, []],
  ['https://github.com/', 'https', 'github.com', null, []],
  ['HTTPS://GitHub.com/Acme', 'https', 'github.com', null, ['Acme']],
  ['https://github.com/acme/rnaseq.git', 'https', 'github.com', null, ['acme', 'rnaseq']],
  ['https://github.com/acme/rnaseq.git/', 'https', 'github.com', null, ['acme', 'rnaseq']],
  ['https://git.example.com:8443/a/b/c/', 'https', 'git.example.com', 8443, ['a', 'b', 'c']],
  ['https://dev.azure.com/org/My%20Project', 'https', 'dev.azure.com', null, ['org', 'My Project']],
  ['https://git.example.com/%E2%82%AC', 'https', 'git.example.com', null, ['€']],
  ['https://git.example.com/~ada/.github', 'https', 'git.example.com', null, ['~ada', '.github']],
  ['http://127.0.0.1:8080/acme', 'http', '127.0.0.1', 8080, ['acme']],
  ['http://[::1]:8080', 'http', '[::1]', 8080, []],
])('%s is read', (text, transport, hostname, port, segments) => {
  expect(parseBaseUrl(text)).toEqual({ transport, hostname, port, user: null, segments });
});

describe('rule 7: a base URL means one place', () => {
  test.each([
    ['github.com/acme', 'url-scheme'],
    ['git@github.com:acme', 'url-scheme'],
    ['ssh://git@github.com/acme', 'url-scheme'],
    ['https:github.com', 'url-scheme'],
    ['', 'url-scheme'],
    ['https://', 'url-host'],
    ['https:///acme', 'url-host'],
    ['https://user@github.com/acme', 'url-user-info'],
    ['https://user:canary-password@github.com', 'url-user-info'],
    ['https://github.com@evil.example', 'url-user-info'],
    ['https://github.com?x=1', 'url-query'],
    ['https://github.com/acme?x=1', 'url-query'],
    ['https://github.com/acme#readme', 'url-query'],
    ['https://github.com/acme/*', 'url-wildcard'],
    ['https://github.com/*', 'url-wildcard'],
    ['https://*.example.com', 'url-host'],
    ['https://github.com.', 'url-host'],
    ['https://git%68ub.com', 'url-host'],
    ['https://github.com\\@evil.example', 'path-ambiguous'],
    ['https://github.com\\acme', 'path-ambiguous'],
    ['https://github.com/acme\\evil', 'path-ambiguous'],
    ['https://github.com/acme/../evil', 'path-ambiguous'],
    ['https://github.com/./acme', 'path-ambiguous'],
    ['https://github.com//acme', 'path-ambiguous'],
    ['https://github.com/acme//', 'path-ambiguous'],
    ['https://github.com/acme/.git', 'path-ambiguous'],
    ['https://github.com/acme%2fevil', 'path-ambiguous'],
    ['https://github.com/%2E%2E/evil', 'path-ambiguous'],
    ['https://github.com/acme%5Cevil', 'path-ambiguous'],
    ['https://github.com/acme%00', 'path-undecodable'],
    ['https://github.com/acme%0Ahost=evil', 'path-undecodable'],
    ['https://github.com/acme\nhost=evil', 'path-undecodable'],
    ['https://github.com/acme%zz', 'path-undecodable'],
    ['https://github.com/acme%ff', 'path-undecodable'],
    ['https://github.com/\u202eacme', 'path-undecodable'],
  ])('%j is refused', (text, code) => {
    expect(parseBaseUrl(text)).toMatchObject({ code });
  });
});

test.each(['http://github.com', 'http://10.0.0.1', 'http://localhost.example'])(
  'rule 8: http is for loopback only: %s',
  (text) => {
    expect(parseBaseUrl(text)).toMatchObject({ code: 'url-http' });
  },
);
