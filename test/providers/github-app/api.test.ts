import { expect, test } from 'vitest';
import { githubApi } from '../../../src/providers/github-app/api.ts';

test.each([
  ['https', 'github.com', null, 'https://api.github.com'],
  ['https', 'acme.ghe.com', null, 'https://api.acme.ghe.com'],
  ['https', 'git.acme.ghe.com', null, 'https://git.acme.ghe.com/api/v3'],
  ['https', 'github.example.com', null, 'https://github.example.com/api/v3'],
  ['https', 'github.example.com:8443', null, 'https://github.example.com:8443/api/v3'],
  ['https', 'github.example.com', 'https://api.example.com/github', 'https://api.example.com/github'],
  ['http', '127.0.0.1:3000', null, 'http://127.0.0.1:3000/api/v3'],
] as const)('rule 9: the API of %s://%s with api-url %s is at %s', (scheme, host, apiUrl, expected) => {
  expect(githubApi({ scheme, host, segments: [] }, apiUrl)).toBe(expected);
});
