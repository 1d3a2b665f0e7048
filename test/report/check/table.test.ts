import { expect, test } from 'vitest';
import { fullView, publicView } from '../../../src/core/check/public-view.ts';
import { checkTable } from '../../../src/report/check/table.ts';
import { credentialResult, targetResult } from '../../core/check/samples.ts';
import { hostileView } from './hostile.ts';
import { checkedAt } from './sample-result.ts';

const result = {
  checkedAt,
  status: 'failing',
  credentials: [
    credentialResult({ message: 'it works; it does not end' }),
    credentialResult({
      name: 'lab',
      identity: null,
      status: 'expiring',
      daysLeft: 3,
      message: 'it ends in 3 days (2026-11-23 00:00 UTC)',
      hint: 'Make a new one.',
    }),
  ],
  targets: [
    targetResult({ revision: { name: 'main', sha: 'ab'.repeat(20) }, revisions: ['main', 'v1'] }),
    targetResult({
      target: 'https://github.com/acme/open',
      credential: null,
      status: 'anonymous',
      message: 'anybody can read it',
    }),
    targetResult({
      target: 'ghcr.io/acme',
      kind: 'registry',
      credential: 'lab',
      status: 'denied',
      message: 'lab may not pull from it',
      hint: 'Give it the right there.',
    }),
  ],
} as const;

test('says the worst first, each with what to do, and ends with the sum', () => {
  expect(
    checkTable(fullView(result), { colours: false, columns: null }),
  ).toBe(`! expiring  lab   it ends in 3 days (2026-11-23 00:00 UTC)
            Make a new one.
✓ ok        acme  it works; it does not end (octocat)

✗ denied     ghcr.io/acme                    by lab: lab may not pull from it
             Give it the right there.
✓ anonymous  https://github.com/acme/open    anybody can read it
✓ ok         https://github.com/acme/rnaseq  by acme: it can be read; main is abababababab

https://github.com/acme/rnaseq has main, v1

2 credentials: 1 expiring, 1 ok. 3 targets: 1 denied, 1 anonymous, 1 ok. 1 target does not work, 1 credential ends soon.
`);
});

test('on a terminal that is too narrow each says it below its name, broken between words', () => {
  const text = checkTable(fullView(result), { colours: false, columns: 60 });
  expect(text).toContain(`! expiring  lab   it ends in 3 days (2026-11-23 00:00 UTC)
            Make a new one.
`);
  expect(text).toContain(`✗ denied     ghcr.io/acme
             by lab: lab may not pull from it
             Give it the right there.
`);
  expect(text.split('\n').filter((line) => line.length > 60)).toEqual([]);
});

test('rule 28: in public private targets are counted only', () => {
  const text = checkTable(publicView(result), { colours: false, columns: null });
  expect(text).not.toMatch(/rnaseq|ghcr|octocat|v1/);
  expect(text).toContain('https://github.com/acme/open');
  expect(text).toContain('3 targets: 1 denied, 1 anonymous, 1 ok. 1 target does not work');
});

test('rule 27: nothing that a host says reaches the terminal or the CI', () => {
  const text = checkTable(hostileView, { colours: false, columns: null });
  expect(text).not.toMatch(/\p{Cf}|::|##\[|canary/u);
  expect(text.split('\n').filter((line) => line.startsWith('END:'))).toEqual([]);
});
