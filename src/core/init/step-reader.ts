import type { Finding } from './finding.ts';

/** What stands under `with`. */
export type StepInputs = Readonly<Record<string, unknown>>;

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;

/** What one step tells; in which file is known to whoever reads it. */
export type StepFinding = DistributiveOmit<Finding, 'file'>;

export type ReadStep = (inputs: StepInputs) => readonly StepFinding[];
