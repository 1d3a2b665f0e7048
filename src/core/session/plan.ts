/** One file of the session folder. Names are ours, never taken from a manifest (security rule 4). */
export interface SessionFile {
  /** Relative to the session folder: `gitconfig`, `secret/1`, `docker/config.json`. */
  readonly name: string;
  readonly content: string;
  /** Secrets are 0600 in the 0700 folder `secret`; what git run as another user must read is 0644. */
  readonly mode: 0o600 | 0o644;
}

/** All that one setup will write, decided before anything is written. */
export interface SessionPlan {
  readonly files: readonly SessionFile[];
  /** Variables to export for the rest of the job. */
  readonly environment: Readonly<Record<string, string>>;
  /** What people should know: shadowed rules, clients that cannot choose by namespace. */
  readonly warnings: readonly string[];
}
