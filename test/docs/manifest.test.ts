import { expect, test } from 'vitest';
import { app, credentialKeys } from '../../src/core/manifest/credential-keys.ts';
import { gitProviders } from '../../src/providers/index.ts';
import { read } from '../conventions/sources.ts';

const page = read('docs/manifest.md');
const samples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text).join('\n');

test('docs/manifest.md shows every key by example', () => {
  const inSamples = (key: string) =>
    new RegExp(`(?:^|[\\s{,-])${key}: `, 'm').test(samples) || new RegExp(`^ *${key}:$`, 'm').test(samples);
  const spoken = new Set(['organization', 'workspace', 'app-id']);
  const keys = [...Object.keys(credentialKeys), ...Object.keys(app.entries), 'revision', 'credential'];
  expect(keys.filter((key) => !inSamples(key) && !spoken.has(key))).toEqual([]);
  expect([...spoken].filter((key) => !page.includes(key))).toEqual([]);
});

test('docs/manifest.md has no word about providers that is out of date', () => {
  const needy = gitProviders.filter(({ needsUrl }) => needsUrl).map(({ provider }) => provider);
  const [, list = ''] = /Providers without a public host \(([^)]*)\)/.exec(page) ?? [];
  expect(
    list
      .split(', ')
      .map((name) => name.replaceAll('`', ''))
      .toSorted(),
  ).toEqual(needy.toSorted());
});
