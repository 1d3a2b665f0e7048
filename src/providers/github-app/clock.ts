import { changed, type Fetch, type FetchResponse } from '../../core/http/fetch.ts';

/** The farthest that a host's clock may pull ours, in milliseconds (security rule 17). */
const farthest = 24 * 60 * 60 * 1000;

/** A host's clock, as its refusals tell it. */
export interface HostClock {
  readonly fetch: Fetch;
  /** Milliseconds that the host is ahead of this machine, by its last 401; null before. */
  readonly ahead: () => number | null;
}

/**
 * Watches the `Date` of refused sign-ins. auth-app corrects a JWT by that header, by any amount; taking the header
 * away beyond 24 hours leaves it the refusal to report.
 */
export function watchClock(send: Fetch, now: () => Date): HostClock {
  let ahead: number | null = null;
  return {
    ahead: () => ahead,
    fetch: async (url, init) => {
      const answer = await send(url, init);
      if (answer.status !== 401) return answer;
      const difference = Date.parse(answer.headers.get('date') ?? '') - now().getTime();
      ahead = Number.isNaN(difference) ? null : difference;
      return ahead !== null && Math.abs(ahead) <= farthest ? answer : withoutDate(answer);
    },
  };
}

function withoutDate(answer: FetchResponse): FetchResponse {
  return changed(answer, { headers: [...answer.headers].filter(([name]) => name !== 'date') });
}

/** `3 hours`, `40 seconds`, `2 days`; without a sign. */
export function span(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const units = [
    { name: 'day', size: 86_400 },
    { name: 'hour', size: 3600 },
    { name: 'minute', size: 60 },
  ];
  const { name, size } = units.find((unit) => seconds >= 2 * unit.size) ?? { name: 'second', size: 1 };
  const count = Math.round(seconds / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
