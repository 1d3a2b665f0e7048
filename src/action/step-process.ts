import type { JobContext } from '../app/job-context.ts';
import { watchInterrupts } from '../system/interrupts.ts';
import { selfOf } from '../system/self.ts';

/** What an action's step uses of its process. */
export type StepProcess = Pick<JobContext, 'env' | 'cwd' | 'signal' | 'self'>;

/** Takes that from node's own, and the requests to stop for good. */
export function stepProcess(own: NodeJS.Process): StepProcess {
  const { signal } = watchInterrupts(own, ['SIGINT', 'SIGTERM']);
  return { env: own.env, cwd: own.cwd(), signal, self: selfOf(own) };
}
