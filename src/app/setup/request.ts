import type { JobToken } from '../../ci/job.ts';
import type { Manifest } from '../../core/manifest/manifest.ts';

/** What a job asks of one setup; doors make it from inputs or flags. */
export interface SetupRequest {
  readonly manifest: Manifest;
  /** Lines that replace the manifest's repositories; null keeps those. */
  readonly repositories: readonly string[] | null;
  readonly registries: readonly string[] | null;
  /** Names of the only credentials to use; null means all. */
  readonly credentials: readonly string[] | null;
  readonly environment: string | null;
  readonly git: 'private' | 'none';
  readonly docker: 'private' | 'home' | 'none';
  /** Whether cleanup revokes minted tokens. */
  readonly revoke: boolean;
  /** The target whose token is asked for. */
  readonly tokenFor: string | null;
  /** The job's own credential, for the job's own repository; null switches that off. */
  readonly jobToken: JobToken | null;
  /** Where to make the session; null lets setup choose. */
  readonly session: string | null;
}
