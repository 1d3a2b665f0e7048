import { createHash } from 'node:crypto';
import type { CheckResult, CredentialResult } from '../../core/check/result.ts';

/** Longest line of a calendar in bytes, its end apart. https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
const longest = 75;

/**
 * The result as an iCalendar file: a day's entry where a credential ends, with reminders so many milliseconds and one day
 * before. Entries keep their identity from run to run, so that a calendar that subscribes moves them.
 */
export function checkCalendar({ checkedAt, credentials }: CheckResult, warnWithin: number): string {
  const events = credentials
    .filter(({ expiresAt, status }) => expiresAt !== null && status !== 'inactive')
    .flatMap((credential) => event(credential, { checkedAt, warnWithin }));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//pipeline-credentials//check//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Pipeline credentials',
    ...events,
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

interface Run {
  readonly checkedAt: Date;
  readonly warnWithin: number;
}

function event(credential: CredentialResult, { checkedAt, warnWithin }: Run): readonly string[] {
  const { name, provider, expiresAt, message, hint } = credential;
  const end = expiresAt ?? checkedAt;
  const days = Math.max(1, Math.ceil(warnWithin / 86_400_000));
  return [
    'BEGIN:VEVENT',
    `UID:${createHash('sha256').update(`${provider} ${name}`).digest('hex').slice(0, 32)}@pipeline-credentials`,
    `DTSTAMP:${instant(checkedAt)}`,
    `DTSTART;VALUE=DATE:${instant(end).slice(0, 8)}`,
    `SUMMARY:${text(`The credential ${name} ends`)}`,
    `DESCRIPTION:${text([message, hint].filter((part) => part !== '').join('. '))}`,
    'TRANSP:TRANSPARENT',
    ...[...new Set([days, 1])].flatMap((before) => reminder(name, before)),
    'END:VEVENT',
  ];
}

function reminder(name: string, days: number): readonly string[] {
  const when = days === 1 ? 'tomorrow' : `in ${days} days`;
  return [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${text(`${name} ends ${when}`)}`,
    `TRIGGER:-P${days}D`,
    'END:VALARM',
  ];
}

/** `20270131T093000Z` */
function instant(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d+/g, '');
}

function text(value: string): string {
  return value.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r?\n/g, '\\n');
}

/** Lines of at most 75 bytes; the next begins with a space. No character is cut in two. */
function folded(line: string): string {
  const lines: string[] = [''];
  for (const character of line) {
    const current = lines.at(-1) ?? '';
    if (Buffer.byteLength(current + character) > longest) lines.push(` ${character}`);
    else lines[lines.length - 1] = current + character;
  }
  return lines.join('\r\n');
}
