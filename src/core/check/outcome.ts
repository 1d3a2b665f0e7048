import type { TargetResult } from './result.ts';

/** What asking for a target came to. */
export type Outcome = Pick<TargetResult, 'status' | 'revision' | 'message' | 'hint' | 'revisions' | 'proof'>;

const nothing = { revision: null, revisions: null, proof: 'none', hint: '' } as const;

/** An outcome with what is usual left out. */
export function outcome(given: Pick<Outcome, 'status' | 'message'> & Partial<Outcome>): Outcome {
  return { ...nothing, ...given };
}
