import { expect, test } from 'vitest';
import { parseExpiry } from '../../../src/core/manifest/expiry.ts';

test.each([
  ['2027-01-31', 'after-the-day', '2027-02-01T00:00:00.000Z'],
  ['2027-01-31', 'as-it-begins', '2027-01-31T00:00:00.000Z'],
  ['2028-02-29', 'after-the-day', '2028-03-01T00:00:00.000Z'],
  ['2027-12-31', 'after-the-day', '2028-01-01T00:00:00.000Z'],
  ['2027-01-31T12:00:00Z', 'after-the-day', '2027-01-31T12:00:00.000Z'],
  ['2027-01-31T12:00:00Z', 'as-it-begins', '2027-01-31T12:00:00.000Z'],
  ['2027-01-31 12:00:00 +02:00', 'after-the-day', '2027-01-31T10:00:00.000Z'],
  ['2027-01-31t12:00z', 'after-the-day', '2027-01-31T12:00:00.000Z'],
  ['2027-01-31T12:00:00.5-01:30', 'after-the-day', '2027-01-31T13:30:00.500Z'],
] as const)('%s, %s, ends at %s', (text, dateEnds, instant) => {
  expect(parseExpiry(text, dateEnds)).toEqual(new Date(instant));
});

test.each(['never', 'Never'])('%s', (text) => {
  expect(parseExpiry(text, 'after-the-day')).toBe('never');
});

test.each([
  '2027-02-30',
  '2027-13-01',
  '2027-1-31',
  '31.01.2027',
  '2027-01-31T12:00:00',
  '2027-01-31T25:00:00Z',
  '2027-01-31T12:00:00+02',
  'tomorrow',
  '1801353600',
  '',
])('%j is refused', (text) => {
  expect(parseExpiry(text, 'after-the-day')).toMatchObject({ code: 'expires-invalid' });
});
