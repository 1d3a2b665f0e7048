import { expect, test } from 'vitest';
import { setupLines } from '../../src/report/setup-lines.ts';

const rows = [
  {
    target: 'https://github.com/acme/rnaseq',
    credential: 'acme-app',
    expiresAt: new Date('2026-11-20T12:30:00Z'),
    reason: 'its base URL',
  },
  {
    target: 'https://github.com/acme/variants',
    credential: 'acme-app',
    expiresAt: new Date('2026-11-20T12:29:59Z'),
    reason: 'its base URL',
  },
  { target: 'docker.io', credential: 'hub', expiresAt: null, reason: 'its base URL' },
  { target: 'https://github.com/nf-core/tools', credential: null, expiresAt: null, reason: 'its base URL' },
];

test('each credential, until when, what it serves', () => {
  expect(setupLines(rows, { namesTargets: true })).toEqual([
    'acme-app   2026-11-20 12:29 UTC',
    '  https://github.com/acme/rnaseq: its base URL',
    '  https://github.com/acme/variants: its base URL',
    'hub        no end known',
    '  docker.io: its base URL',
    'anonymous  no end known',
    '  https://github.com/nf-core/tools: its base URL',
  ]);
});

test('rule 28: where strangers read, targets are counted and not named', () => {
  expect(setupLines(rows, { namesTargets: false })).toEqual([
    'acme-app   2026-11-20 12:29 UTC  2 targets',
    'hub        no end known  1 target',
    'anonymous  no end known  1 target',
  ]);
});
