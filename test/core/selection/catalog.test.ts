import { expect, test } from 'vitest';
import { compileCatalog } from '../../../src/core/selection/catalog.ts';
import { choose } from '../../../src/core/selection/choose.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { credentials, repository, type Sample, today } from './samples.ts';

const targets = Array.from({ length: 1000 }, (_, at) =>
  repository(`https://github.com/org-${at % 100}/tool-${at}`),
);

/** Milliseconds for all targets, the best of several turns, once everything is indexed. */
function time(samples: readonly Sample[]): number {
  const catalog = compileCatalog(credentials(...samples), gitProviders);
  const turns = Array.from({ length: 15 }, () => {
    const start = performance.now();
    for (const target of targets) choose(catalog, target, today);
    return performance.now() - start;
  });
  return Math.min(...turns);
}

function many(count: number, url: (at: number) => string): readonly Sample[] {
  return Array.from({ length: count }, (_, at) => ({ name: `c${at}`, url: url(at) }));
}

// Broken, this grows a hundredfold; the budget itself is measured by the benchmark.
test.each([
  ['each has an organisation', (at: number) => `https://github.com/org-${at}`],
  ['each has a host', (at: number) => `https://git-${at}.example.com`],
  ['all have the same base URL', () => 'https://github.com'],
])('ten thousand credentials cost what a hundred cost: %s', (_, url) => {
  expect(time(many(10_000, url)) / time(many(100, url))).toBeLessThan(6);
});
