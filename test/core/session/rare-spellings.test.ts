import { expect, test } from 'vitest';
import type { WrittenSection } from '../../../src/core/session/git-sections.ts';
import { withoutRareSpellings } from '../../../src/core/session/rare-spellings.ts';
import { gitProvider } from '../../../src/providers/index.ts';
import { location } from '../selection/samples.ts';

function sections(count: number): readonly WrittenSection[] {
  const prefix = { location: location('https://github.com/acme'), kind: 'namespace', bare: false } as const;
  const addresses = [{ user: 'git', host: 'github.com', port: 2222 }];
  const rewrites = gitProvider('github').rewrites({ ...prefix, addresses, root: [], targets: [] });
  return Array(count).fill({ prefix, rewrites, does: 'block' });
}

test('up to fifty prefixes every ssh spelling is served', () => {
  expect(withoutRareSpellings(sections(50))).toEqual(sections(50));
});

test('beyond, those that people write', () => {
  const [section] = withoutRareSpellings(sections(51));
  expect(section?.rewrites.map(({ from }) => from)).toEqual([
    'git@github.com:acme/',
    'ssh://git@github.com/acme/',
    'ssh://git@github.com:2222/acme/',
  ]);
});
