import type { GitlabApi } from '../../../providers/gitlab-token/api.ts';
import type { Journal } from './journal.ts';
import type { Rotation } from './request.ts';
import type { NewValue, Sink } from './sinks.ts';

/** One rotation of a GitLab token, with all it needs in hand. */
export interface GitlabRotation {
  readonly name: string;
  /** GitLab, asked with the present token. */
  readonly api: GitlabApi;
  /** GitLab, asked with the token that manages it; null when there is none. */
  readonly manager: GitlabApi | null;
  /** Projects and groups whose tokens the manager may see, by path. */
  readonly places: readonly string[];
  readonly sinks: readonly Sink[];
  readonly journal: Journal;
  readonly within: number | null;
  readonly days: number | null;
  readonly withoutNet: boolean;
  readonly recover: number | null;
  readonly dryRun: boolean;
}

/** What became of it; `value` is null where nothing changed. */
export type Outcome = Omit<Rotation, 'left'> & { readonly value: NewValue | null };
