import { expect, test } from 'vitest';
import type { Credential } from '../../../src/core/manifest/manifest.ts';
import { compileCatalog } from '../../../src/core/selection/catalog.ts';
import { choose } from '../../../src/core/selection/choose.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { credentials, repository, today } from './samples.ts';

const targets = Array.from({ length: 1000 }, (_, at) =>
  repository(`https://github.com/org-${at % 50}/tool-${at}`),
);

/** How often a thousand targets make selection look at a credential, once everything is indexed. */
function looks(count: number, url: (at: number) => string): number {
  let looks = 0;
  const watched = credentials(
    ...Array.from({ length: count }, (_, at) => ({ name: `c${at}`, url: url(at) })),
  ).map(
    (credential) =>
      new Proxy(credential, {
        get: (inner, key: keyof Credential) => {
          looks += 1;
          return inner[key];
        },
      }),
  );
  const catalog = compileCatalog(watched, gitProviders);
  for (const target of targets.slice(0, 50)) choose(catalog, target, today);
  looks = 0;
  for (const target of targets) choose(catalog, target, today);
  return looks;
}

test.each([
  ['each has an organisation', (at: number) => `https://github.com/org-${at}`],
  ['each has a host', (at: number) => `https://${at === 0 ? 'github.com' : `git-${at}.example.com`}`],
  ['all have the same base URL', () => 'https://github.com'],
])('a target costs its depth, be there a hundred credentials or ten thousand: %s', (_, url) => {
  const few = looks(100, url);
  expect(few).toBeGreaterThanOrEqual(targets.length);
  expect(looks(10_000, url)).toBe(few);
});
