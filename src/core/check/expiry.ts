import type { Expiry } from '../manifest/manifest.ts';
import type { ExpirySource } from './result.ts';

const day = 86_400_000;

/** When a credential ends, and who says so. */
export interface KnownExpiry {
  /** Null: nobody knows. */
  readonly at: Date | 'never' | null;
  readonly source: ExpirySource;
  /** What the manifest says when the host says something else. */
  readonly disagrees: Date | 'never' | null;
}

/** The host's word when there is one, else the manifest's. Ends that are less than a day apart agree. */
export function knownExpiry(told: Date | 'never' | null, declared: Expiry): KnownExpiry {
  if (told === null)
    return { at: declared, source: declared === null ? 'none' : 'manifest', disagrees: null };
  return {
    at: told,
    source: 'host',
    disagrees: declared === null || agree(told, declared) ? null : declared,
  };
}

function agree(one: Date | 'never', other: Date | 'never'): boolean {
  if (one === 'never' || other === 'never') return one === other;
  return Math.abs(one.getTime() - other.getTime()) < day;
}

/** Whole days until an instant, rounded down: 0 on its last day, negative once it has passed. */
export function daysLeft(at: Date, now: Date): number {
  return Math.floor((at.getTime() - now.getTime()) / day);
}

/** Whether an end lies within so many milliseconds from now, or in the past. */
export function endsWithin(at: Date | 'never' | null, now: Date, span: number): boolean {
  return at instanceof Date && at.getTime() - now.getTime() <= span;
}

/** `2027-01-31 14:30 UTC`: with the time, since a declared day may end as the next one begins. */
export function dateText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `in 3 days`, `today`, `yesterday`, `12 days ago`. */
export function daysText(days: number): string {
  if (days === 0) return 'in less than a day';
  if (days > 0) return `in ${days} ${days === 1 ? 'day' : 'days'}`;
  const ago = -days;
  return ago === 1 ? 'less than a day ago' : `${ago} days ago`;
}
