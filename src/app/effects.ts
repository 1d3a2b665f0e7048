import type { Fetch } from '../core/http/fetch.ts';
import type { Waiting } from '../core/http/retry.ts';
import type { Effects } from '../providers/github-app/effects.ts';
import { sleep } from '../system/sleep.ts';
import type { JobContext } from './job-context.ts';

/** Pauses that end with the job. */
export function waitingOf({ signal }: Pick<JobContext, 'signal'>): Waiting {
  return { sleep: (ms) => sleep(ms, signal), random: Math.random };
}

/** What minting takes from a job, its requests sent by the given fetch. */
export function effectsOf(context: Pick<JobContext, 'now' | 'signal' | 'voice'>, fetch: Fetch): Effects {
  return { fetch, now: context.now, warn: context.voice.warning, ...waitingOf(context) };
}
