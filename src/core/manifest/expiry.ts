import type { Fault } from '../fault.ts';
import type { Expiry } from './manifest.ts';

const day = 24 * 60 * 60 * 1000;

/**
 * Reads `never`, a date, or an instant with a zone. A date lasts through that day (UTC), or ends as it begins where
 * the host says so.
 */
export function parseExpiry(text: string, dateEnds: 'after-the-day' | 'as-it-begins'): Expiry | Fault {
  if (text.toLowerCase() === 'never') return 'never';
  const written =
    /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?([Zz]|[+-]\d\d:\d\d))?$/.exec(text);
  if (written === null) return unreadable;
  const [, date = '', time, zone = ''] = written;
  const midnight = new Date(`${date}T00:00:00Z`);
  // JavaScript rolls 31 June over to 1 July
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return noSuchDay;
  if (time === undefined) {
    return dateEnds === 'as-it-begins' ? midnight : new Date(midnight.getTime() + day);
  }
  const instant = new Date(`${date}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(instant.getTime()) ? noSuchDay : instant;
}

const unreadable: Fault = {
  code: 'expires-invalid',
  message: 'This is neither a date, an instant nor `never`.',
  hint: 'Write 2027-01-31, 2027-01-31T12:00:00Z (with a zone), or never.',
};
const noSuchDay: Fault = {
  code: 'expires-invalid',
  message: 'There is no such day or time.',
  hint: 'Write the date as year, month and day: 2027-01-31.',
};
