import { expect, test } from 'vitest';
import { credentialStatuses, targetStatuses } from '../../../src/core/check/result.ts';
import { exitCodeOf, isFailing, overallStatus, parseSpan } from '../../../src/core/check/verdict.ts';
import { Failure } from '../../../src/core/failure.ts';
import { credentialResult, targetResult } from './samples.ts';

test('what fails is what the design says, and unknown never does', () => {
  const failing = [...credentialStatuses, ...targetStatuses].filter((status) => isFailing({ status }));
  expect(new Set(failing)).toEqual(
    new Set(['expired', 'invalid', 'insufficient', 'unreachable', 'denied', 'not-found', 'no-such-revision']),
  );
});

test.each([
  [['ok', 'unknown', 'inactive'], ['ok', 'anonymous', 'unknown'], 'ok'],
  [['ok', 'expiring'], ['ok'], 'expiring'],
  [['expiring'], ['denied'], 'failing'],
  [['expired', 'ok'], [], 'failing'],
  [[], [], 'ok'],
] as const)('%j and %j are %s', (credentials, targets, status) => {
  const result = {
    credentials: credentials.map((one) => credentialResult({ status: one })),
    targets: targets.map((one) => targetResult({ status: one })),
  };
  expect(overallStatus(result)).toBe(status);
});

test.each([
  ['failing', 'failing', 1],
  ['failing', 'expiring', 1],
  ['failing', 'never', 0],
  ['expiring', 'failing', 0],
  ['expiring', 'expiring', 1],
  ['expiring', 'never', 0],
  ['ok', 'expiring', 0],
] as const)('%s with fail-on %s exits %i', (status, failOn, code) => {
  expect(exitCodeOf(status, failOn)).toBe(code);
});

test.each([
  ['14d', 14 * 24],
  ['2w', 14 * 24],
  ['36h', 36],
  [' 0d ', 0],
])('%s is %i hours', (text, hours) => {
  expect(parseSpan(text, 'warn-within')).toBe(hours * 3_600_000);
});

test.each(['', '14', 'd', '1.5d', '-1d', '14 days', '99999d', '14D'])('%j is no span', (text) => {
  expect(() => parseSpan(text, 'warn-within')).toThrow(Failure);
});
