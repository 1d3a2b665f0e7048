import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What proves that GitHub answers to our own request: random, for ten minutes, and for one use. */
export interface State {
  readonly text: string;
  /** Whether this is it, now, for the first time. Takes the same time for every wrong text. */
  readonly take: (given: string) => boolean;
  readonly isTaken: () => boolean;
}

/** How long a person has to create the App, in milliseconds. */
export const stateLifeMs = 10 * 60_000;

export function newState(now: () => Date, lifeMs = stateLifeMs): State {
  const text = randomBytes(32).toString('base64url');
  const end = now().getTime() + lifeMs;
  let used = false;
  return {
    text,
    take: (given) => {
      const matches = timingSafeEqual(digest(given), digest(text)) && now().getTime() < end && !used;
      used ||= matches;
      return matches;
    },
    isTaken: () => used,
  };
}

/** Of one length, whatever the text is. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
