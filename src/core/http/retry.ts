import type { Fetch } from './fetch.ts';
import { isTransient } from './unreachable.ts';

export interface Waiting {
  /** Resolves after so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 up to 1; spreads the retries of many jobs that were refused at one time. */
  readonly random: () => number;
}

/** Milliseconds before the second and the third try, to be multiplied by something between 0.5 and 1.5. */
const pauses = [300, 1500];

const overloaded = new Set([500, 502, 503, 504]);

/** Tries a request again, at most twice and within a few seconds, when the server stumbles or the line breaks. */
export function retrying(send: Fetch, { sleep, random }: Waiting): Fetch {
  return async (url, init) => {
    for (const pause of pauses) {
      const answer = await send(url, init).catch((error: unknown) => {
        if (!isTransient(error)) throw error;
        return null;
      });
      if (answer !== null && !overloaded.has(answer.status)) return answer;
      await sleep(pause * (0.5 + random()));
    }
    return send(url, init);
  };
}
