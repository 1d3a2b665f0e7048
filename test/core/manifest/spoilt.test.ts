import { expect, test } from 'vitest';
import { readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';

const manifest = `version: 1
credentials:
  - name: acme
    provider: github
    url: https://github.com/acme
    token: { env: ACME }
repositories:
  - https://github.com/acme/rnaseq
`;
const problems = (text: string) =>
  readManifests([{ name: 'PIPELINE_CREDENTIALS', text, trust: 'trusted' }], gitProviders).problems;

test.each([
  ['cut at a space', 'version:', 'manifest-cut'],
  ['cut at a line break', 'version: 1', 'manifest-cut'],
  ['joined by a shell', manifest.replace(/\s+/g, ' '), 'manifest-joined'],
  ['with line breaks written out', manifest.replaceAll('\n', '\\n'), 'manifest-joined'],
  ['without its indentation', manifest.replace(/^ +/gm, ''), 'manifest-flattened'],
])('a manifest %s is told in one problem with its fix', (_how, text, code) => {
  expect(problems(text)).toMatchObject([{ code, hint: expect.stringContaining('base64') }]);
});

test.each([
  ['as it is', manifest],
  ['with Windows line ends', manifest.replaceAll('\n', '\r\n')],
  ['with lists at the margin', manifest.replace(/^ {2}/gm, '')],
  [
    'as JSON in one line',
    '{"version":1,"credentials":[{"name":"a","provider":"github","token":{"env":"A"}}]}',
  ],
  ['with keys in another order', 'credentials: []\nversion: 1\n'],
])('a manifest %s is not', (_how, text) => {
  expect(problems(text).filter(({ code }) => code.startsWith('manifest-'))).toEqual([]);
});
