import type { Login } from '../core/login.ts';

export type CiName = 'github' | 'gitlab' | 'bitbucket' | 'none';

/** What a CI system's variables say about the job: its checkout, its own repository, its event. */
export interface Job {
  readonly ci: CiName;
  /** The same in all steps of one job, different for every other job; null outside a CI. */
  readonly id: string | null;
  /** Absolute path of the checkout; null when the CI names none. */
  readonly workspace: string | null;
  /** A folder that the CI empties after the job; null where there is none. */
  readonly temporaryFolder: string | null;
  /** https URL of the repository the job runs for. */
  readonly repository: string | null;
  /** Name of the event when it runs somebody else's code beside secrets, else null (security rule 1). */
  readonly foreignEvent: string | null;
  /** The credential that the CI gave this job for its own repository, where it does so by itself; else null. */
  readonly token: JobToken | null;
  /** What to do when a variable is missing that this CI may have kept from the job; null when it keeps none. */
  readonly withheld: string | null;
  /** Whether strangers may read logs and summaries; true where the CI does not say (security rule 28). */
  readonly isPublic: boolean;
}

/** GitLab's job token: for the job's own repository, and its own registry when the server has one. */
export interface JobToken extends Login {
  /** `registry.example.com/lab/variants`. */
  readonly registry: string | null;
}

/** The text of a file, null when it cannot be read. */
export type ReadText = (path: string) => string | null;
