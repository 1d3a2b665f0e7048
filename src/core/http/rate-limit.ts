import type { FetchResponse } from './fetch.ts';

/** Whether a host refuses for having been asked too often, which says nothing about the credential. */
export function isLimit(answer: FetchResponse): boolean {
  const after = answer.headers.get('retry-after') !== null;
  if (answer.status === 429) return true;
  if (answer.status === 503) return after;
  return answer.status === 403 && (after || answer.headers.get('x-ratelimit-remaining') === '0');
}

/** Milliseconds to wait, at least a second; a minute where the host does not say; null when nothing is limited. */
export function pauseOf(answer: FetchResponse, now: Date): number | null {
  if (!isLimit(answer)) return null;
  const date = Date.parse(answer.headers.get('date') ?? '') || now.getTime();
  const after = answer.headers.get('retry-after') ?? '';
  const reset = Number(answer.headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
  const pauses = [
    /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - date,
    reset - date,
    60_000,
  ];
  return Math.max(1000, pauses.find((pause) => !Number.isNaN(pause)) ?? 60_000);
}
