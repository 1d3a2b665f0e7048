import type { SelectionRequest } from '../setup/selected.ts';

/** What one check is asked for; doors make it from inputs or flags. */
export interface CheckRequest extends SelectionRequest {
  /** Milliseconds before its end from which a credential counts as expiring. */
  readonly warnWithin: number;
  /** Whether to tell all branches and tags of each repository. */
  readonly listsRevisions: boolean;
  /** Called after each credential and target. */
  readonly progress: (done: number, total: number) => void;
}
