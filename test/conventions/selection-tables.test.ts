import { expect, test } from 'vitest';
import { explainTargets } from '../../src/app/explain.ts';
import { readManifests } from '../../src/core/manifest/read.ts';
import { parseTargetLine } from '../../src/core/target/parse-target.ts';
import { gitProviders } from '../../src/providers/index.ts';
import { today } from '../core/selection/samples.ts';
import { read } from './sources.ts';

/** The manifest that a page prints below the heading of its example, and the page from there on. */
function example(path: string, heading: string) {
  const page = read(path);
  const rest = page.slice(page.indexOf(heading));
  const text = /^```yaml\n([\s\S]*?)^```$/m.exec(rest)?.[1] ?? '';
  const { manifest } = readManifests([{ name: path, text, trust: 'trusted' }], gitProviders);
  if (manifest === null) throw new Error(`${path}: the manifest of the example is wrong`);
  return { manifest, rest };
}

test.each([
  ['README.md', '## Which credential serves what'],
  ['docs/selection.md', '## An example of four'],
])('what %s says of four credentials is true', (path, heading) => {
  const { manifest, rest } = example(path, heading);
  expect(manifest.credentials.length).toBe(4);
  const rows = [...rest.matchAll(/^\| `([^`]+)` \| (?:`(\w+)`|nobody) \|/gm)];
  expect(rows.length).toBeGreaterThan(5);
  const requests = rows.map(([, target = '']) => parseTargetLine(target, 'repository'));
  const served = explainTargets(manifest, requests, today).map((one) =>
    'request' in one ? one : (one.credential?.name ?? null),
  );
  expect(served).toEqual(rows.map(([, , name = null]) => name));
});

test('the spellings that docs/selection.md lists mean one place', () => {
  const { manifest, rest } = example('docs/selection.md', '## An example of four');
  const block = /^```\n(https:\/\/github[\s\S]*?)^```$/m.exec(rest)?.[1] ?? '';
  const requests = block
    .split(/\s+/)
    .filter(Boolean)
    .map((spelling) => parseTargetLine(spelling, 'repository'));
  expect(requests.length).toBe(12);
  for (const one of explainTargets(manifest, requests, today)) {
    expect(one).toMatchObject({
      credential: { name: 'acme' },
      target: { location: { segments: ['acme', 'rnaseq'] } },
    });
  }
});
