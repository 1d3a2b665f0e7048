import type { Problem } from '../failure.ts';
import type { Credential, TargetRequest } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';

/** Why a credential cannot serve a target, whatever the others are. */
export type Exclusion = 'inactive' | 'other-environment' | 'other-provider' | 'other-host' | 'other-path';

/**
 * Why a credential that covers the target does not serve it. `out-of-reach` is an App whose `repositories` leave the
 * target out; it is reported as `other-path`.
 */
export type Loss =
  | 'less-specific'
  | 'out-of-reach'
  | 'expired'
  | 'read-only'
  | 'broader-than-needed'
  | 'not-default'
  | 'shorter-lived'
  | 'later-in-manifest'
  | 'not-pinned';

/** What became of a credential (design section 6). */
export type Verdict = 'selected' | 'pinned' | Exclusion | Exclude<Loss, 'out-of-reach'>;

/** The credential that serves a target; null means anonymous, with `problem` when that is an error. */
export interface Selection {
  readonly target: Target;
  readonly credential: Credential | null;
  /** One sentence for people: why this one, or why none. */
  readonly reason: string;
  readonly problem: Problem | null;
}

export interface Candidate {
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** A selection with what became of the other credentials: at most 20, those of the target's host first. */
export interface Explanation extends Selection {
  readonly candidates: readonly Candidate[];
  readonly omitted: number;
}

/** A target that cannot be read, among the others. */
export interface Refusal {
  readonly request: TargetRequest;
  readonly problem: Problem;
}

/** What selection depends on besides manifest and target. */
export interface Circumstances {
  readonly now: Date;
  /** The input `environment`. */
  readonly environment: string | null;
}
