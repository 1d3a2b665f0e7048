import { expect, test } from 'vitest';
import type { TargetRequest } from '../../../src/core/manifest/manifest.ts';
import { compileHosts } from '../../../src/core/target/hosts.ts';
import { isProblem, parseTarget } from '../../../src/core/target/parse-target.ts';
import { targetText } from '../../../src/core/target/target-text.ts';
import { gitProviders } from '../../../src/providers/index.ts';

const table = compileHosts([], gitProviders);

function request(given: string): TargetRequest {
  return { kind: 'repository', given, access: 'read', revision: null, pinned: null, place: null };
}

function told(given: string): string {
  const target = parseTarget(table, request(given));
  return isProblem(target) ? `${target.message} ${target.hint}` : 'fine';
}

test.each([
  [
    'https://github.com/acme/rnaseq write',
    'In a manifest the access is a key of its own. Write { url: ..., access: write }.',
  ],
  [
    'https://github.com/acme/rnaseq@v1',
    'Write a revision as a key of its own: { url: ..., revision: v2.1.0 }.',
  ],
  ['github.com/acme/rnaseq@main', 'Write a revision as a key of its own'],
])('%s', (given, words) => {
  expect(told(given)).toContain(words);
});

test.each([
  ['https://github.com/acme/rnaseq/tree/main', 'https://github.com/acme/rnaseq'],
  ['https://github.com/acme/rnaseq/blob/main/README.md', 'https://github.com/acme/rnaseq'],
  ['https://github.com/acme/rnaseq/pull/3', 'https://github.com/acme/rnaseq'],
  ['https://github.com/acme/tree', 'https://github.com/acme/tree'],
  ['https://github.com/acme/team/rnaseq', 'https://github.com/acme/team/rnaseq'],
  ['https://gitlab.com/lab/sub/variants/-/tree/main', 'https://gitlab.com/lab/sub/variants'],
  ['https://bitbucket.org/team/site/src/main/', 'https://bitbucket.org/team/site'],
])('the address of a page, %s, means %s', (given, repository) => {
  const target = parseTarget(table, request(given));
  expect(isProblem(target) ? target : targetText(target)).toBe(repository);
});
