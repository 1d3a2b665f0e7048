import type { Job } from '../ci/job.ts';
import type { Voice } from '../ci/voice.ts';
import type { Env } from '../core/env.ts';
import type { Http } from '../system/http.ts';

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

/** Our own process. */
export interface Self {
  readonly pid: number;
  /** The numeric user; null where the system has none. */
  readonly user: number | null;
  readonly execPath: string;
  readonly execArgv: readonly string[];
  /** Absolute path of the file that node was started with, in dist/. */
  readonly script: string;
}
