/** What Nextflow has on this machine. */
export interface NextflowFacts {
  /** Text of its scm file; null when there is none. */
  readonly scm: string | null;
  /** Whether its scm file is where it cannot be read: in another storage. */
  readonly elsewhere: boolean;
  /** Whether anything says that Nextflow is used here; its limits are of no interest otherwise. */
  readonly isUsed: boolean;
}
