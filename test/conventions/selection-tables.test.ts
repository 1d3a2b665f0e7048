import { expect, test } from 'vitest';
import { explainTargets } from '../../src/app/explain.ts';
import { parseTargetLine } from '../../src/core/target/parse-target.ts';
import { credentials, today } from '../core/selection/samples.ts';
import { read } from './sources.ts';

/** The credentials of the example, which both pages print. */
const printed = [
  '{ name: anywhere, provider: github, token: { env: T1 } }',
  '{ name: host, provider: github, url: https://github.example.com, token: { env: T2 } }',
  '{ name: acme, provider: github, url: https://github.com/acme, token: { env: T3 } }',
  '{ name: lab, provider: gitlab, url: https://gitlab.example.com, token: { env: T4 } }',
];
const manifest = {
  credentials: credentials(
    { name: 'anywhere' },
    { name: 'host', url: 'https://github.example.com' },
    { name: 'acme', url: 'https://github.com/acme' },
    { name: 'lab', provider: 'gitlab', url: 'https://gitlab.example.com' },
  ),
  targets: [],
};

test.each(['README.md', 'docs/selection.md'])('what %s says of four credentials is true', (path) => {
  const page = read(path);
  for (const credential of printed) expect(page).toContain(credential);
  const rows = [...page.matchAll(/^\| `([^`]+)` \| (?:`(\w+)`|nobody) \|/gm)];
  expect(rows.length).toBeGreaterThan(5);
  const requests = rows.map(([, target = '']) => parseTargetLine(target, 'repository'));
  const served = explainTargets(manifest, requests, today).map((one) =>
    'request' in one ? one : (one.credential?.name ?? null),
  );
  expect(served).toEqual(rows.map(([, , name = null]) => name));
});

test('the spellings that docs/selection.md lists mean one place', () => {
  const block = /^```\n(https:\/\/github[\s\S]*?)^```$/m.exec(read('docs/selection.md'))?.[1] ?? '';
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
