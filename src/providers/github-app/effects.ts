import type { Fetch } from '../../core/http/fetch.ts';

/** What minting takes from outside. */
export interface Effects {
  readonly fetch: Fetch;
  readonly now: () => Date;
  /** Resolves after so many milliseconds; rejects when the job is to stop. */
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Tells people; may be called with the same text more than once. */
  readonly warn: (message: string) => void;
}
