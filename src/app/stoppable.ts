import type { Fetch } from '../core/http/fetch.ts';
import { lateStop } from '../system/late-stop.ts';
import type { JobContext } from './job-context.ts';

/** GitHub's runner gives a cancelled step 7.5 s before it insists, and what was minted is to be revoked after this. */
const graceMs = 2000;

/**
 * Requests that stop with the job, except that a token which was being minted is heard of first: one that nobody knows
 * could not be revoked.
 */
export function stoppable({ http, signal }: Pick<JobContext, 'http' | 'signal'>): Fetch {
  const late = lateStop(signal, graceMs);
  return (url, init) => {
    const isHeard = init?.method === 'DELETE' || (init?.method === 'POST' && !signal.aborted);
    return http.fetch(url, { ...init, signal: isHeard ? late : signal });
  };
}
