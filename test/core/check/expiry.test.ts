import { expect, test } from 'vitest';
import { dateText, daysLeft, daysText, endsWithin, knownExpiry } from '../../../src/core/check/expiry.ts';

const now = new Date('2026-11-20T12:00:00Z');

test.each([
  ['2026-11-20T12:00:00Z', 0, 'in less than a day'],
  ['2026-11-21T11:59:59Z', 0, 'in less than a day'],
  ['2026-11-21T12:00:00Z', 1, 'in 1 day'],
  ['2026-12-20T11:59:59Z', 29, 'in 29 days'],
  ['2026-11-20T11:59:59Z', -1, 'less than a day ago'],
  ['2026-11-18T12:00:00Z', -2, '2 days ago'],
])('%s is %i days away: %s', (at, days, text) => {
  expect(daysLeft(new Date(at), now)).toBe(days);
  expect(daysText(days)).toBe(text);
});

test.each([
  ['never', false],
  [null, false],
  [new Date('2026-12-04T12:00:00Z'), true],
  [new Date('2026-12-04T12:00:01Z'), false],
  [new Date('2025-01-01T00:00:00Z'), true],
] as const)('%s ends within 14 days: %s', (at, soon) => {
  expect(endsWithin(at, now, 14 * 86_400_000)).toBe(soon);
});

const june = new Date('2027-06-30T00:00:00Z');
test.each([
  [null, null, null, 'none', null],
  [null, 'never', 'never', 'manifest', null],
  [null, june, june, 'manifest', null],
  ['never', null, 'never', 'host', null],
  ['never', june, 'never', 'host', june],
  [june, 'never', june, 'host', 'never'],
  [june, new Date('2027-06-30T23:00:00Z'), june, 'host', null],
  [june, new Date('2027-07-02T00:00:00Z'), june, 'host', new Date('2027-07-02T00:00:00Z')],
] as const)('host %s and manifest %s give %s by the %s', (told, declared, at, source, disagrees) => {
  expect(knownExpiry(told, declared)).toEqual({ at, source, disagrees });
});

test('dates show the time', () => {
  expect([dateText(june), dateText(now)]).toEqual(['2027-06-30 00:00 UTC', '2026-11-20 12:00 UTC']);
});
