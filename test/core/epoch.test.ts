import { expect, test } from 'vitest';
import { fromEpoch } from '../../src/core/epoch.ts';

test.each([
  [1795212000, '2026-11-20T22:00:00.000Z'],
  [1795212000.9, '2026-11-20T22:00:00.000Z'],
  [0, null],
  [-1, null],
  [1e300, null],
  [1795212000_000, null],
  [Number.NaN, null],
  ['1795212000', null],
  [undefined, null],
])('%s seconds are %s', (seconds, instant) => {
  expect(fromEpoch(seconds)?.toISOString() ?? null).toBe(instant);
});
