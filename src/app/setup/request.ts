import type { JobToken } from '../../ci/job.ts';
import type { SessionHandle } from '../../system/session-folder.ts';
import type { SelectionRequest } from './selected.ts';

/** What a job asks of one setup; doors make it from inputs or flags. */
export interface SetupRequest extends SelectionRequest {
  readonly git: 'private' | 'home' | 'none';
  readonly docker: 'private' | 'home' | 'none';
  /** Whether cleanup revokes minted tokens. */
  readonly revoke: boolean;
  /** The target whose token is asked for. */
  readonly tokenFor: string | null;
  /** The job's own credential, for the job's own repository; null switches that off. */
  readonly jobToken: JobToken | null;
  /** Where to make the session; null lets setup choose. */
  readonly session: string | null;
  /** What the session is for: the rest of a CI job, of a shell, or one command of ours. */
  readonly within: 'job' | 'shell' | 'command';
  /** Told what cleanup needs to know, before the first thing is done that it must undo. */
  readonly remember: (handle: SessionHandle) => void;
}

/** For one command of ours: all that a manifest names, and nothing that outlives the command. */
export const forOneCommand = {
  repositories: null,
  registries: null,
  credentials: null,
  environment: null,
  git: 'private',
  docker: 'private',
  revoke: true,
  tokenFor: null,
  jobToken: null,
  session: null,
  within: 'command',
  remember: () => {},
} as const satisfies Omit<SetupRequest, 'manifest'>;
