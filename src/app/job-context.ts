import type { Job } from '../ci/job.ts';
import type { Voice } from '../ci/voice.ts';
import type { Env } from '../core/env.ts';
import type { Http } from '../system/http.ts';
import type { Self } from '../system/self.ts';

/** What a use case has around it. Doors make it; tests make another. */
export interface JobContext {
  readonly env: Env;
  readonly now: () => Date;
  /** Absolute; what relative paths on the command line start from. */
  readonly cwd: string;
  readonly job: Job;
  readonly voice: Voice;
  readonly http: Http;
  /** Aborted when the person or the CI asks to stop. */
  readonly signal: AbortSignal;
  readonly self: Self;
}
