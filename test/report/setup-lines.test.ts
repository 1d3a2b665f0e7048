import { expect, test } from 'vitest';
import { setupLines } from '../../src/report/setup-lines.ts';
import { rows } from './setup-rows.ts';

test('each credential, until when, what it serves', () => {
  expect(setupLines(rows, { namesTargets: true })).toEqual([
    'acme-app   until 2026-11-20 12:29 UTC',
    '  https://github.com/acme/rnaseq: its base URL',
    '  https://github.com/acme/variants: its base URL',
    'hub        no end known',
    '  docker.io: its base URL',
    'robot      never ends',
    '  quay.io: its base URL',
    'anonymous',
    '  https://github.com/nf-core/tools: its base URL',
  ]);
});

test('rule 28: where strangers read, targets are counted and not named', () => {
  expect(setupLines(rows, { namesTargets: false })).toEqual([
    'acme-app   until 2026-11-20 12:29 UTC  2 targets',
    'hub        no end known  1 target',
    'robot      never ends  1 target',
    'anonymous  1 target',
  ]);
});
