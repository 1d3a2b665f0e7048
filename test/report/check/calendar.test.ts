import { describe, expect, test } from 'vitest';
import { checkCalendar } from '../../../src/report/check/calendar.ts';
import { credentialResult } from '../../core/check/samples.ts';
import { hostileView } from './hostile.ts';
import { checkedAt, sampleResult } from './sample-result.ts';

const day = 86_400_000;
const ends = new Date('2027-01-31T00:00:00Z');

describe('the calendar', () => {
  test('has one entry for what ends, with reminders', () => {
    const credentials = [
      credentialResult({ expiresAt: ends, message: 'it works; it ends in 71 days', hint: '' }),
      credentialResult({ name: 'endless' }),
      credentialResult({ name: 'off', status: 'inactive', expiresAt: ends }),
    ];
    const lines = checkCalendar({ checkedAt, status: 'ok', credentials, targets: [] }, 14 * day).split(
      '\r\n',
    );
    expect(lines).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//pipeline-credentials//check//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Pipeline credentials',
      'BEGIN:VEVENT',
      expect.stringMatching(/^UID:[\da-f]{32}@pipeline-credentials$/),
      'DTSTAMP:20261120T120000Z',
      'DTSTART;VALUE=DATE:20270131',
      'SUMMARY:The credential acme ends',
      'DESCRIPTION:it works\\; it ends in 71 days',
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:acme ends in 14 days',
      'TRIGGER:-P14D',
      'END:VALARM',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:acme ends tomorrow',
      'TRIGGER:-P1D',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  test('entries keep their identity from run to run', () => {
    const uids = (text: string) => text.match(/^UID:.*$/gm);
    const later = { ...sampleResult(20), checkedAt: new Date('2026-12-24T00:00:00Z') };
    expect(uids(checkCalendar(later, day))).toEqual(uids(checkCalendar(sampleResult(20), day)));
    expect(new Set(uids(checkCalendar(sampleResult(200), day))).size).toBe(80);
  });

  test('lines have at most 75 bytes, and no character is cut', () => {
    const credentials = [credentialResult({ expiresAt: ends, message: 'ä€😀'.repeat(60) })];
    const text = checkCalendar({ checkedAt, status: 'ok', credentials, targets: [] }, day);
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(text.replaceAll('\r\n ', '')).toContain('ä€😀'.repeat(60));
  });

  test('rule 27: nothing that a host says becomes a line of its own', () => {
    const text = checkCalendar(hostileView.result, day);
    expect(text.match(/^END:VEVENT/gm)).toHaveLength(1);
    expect(text).not.toContain('canary');
  });
});
