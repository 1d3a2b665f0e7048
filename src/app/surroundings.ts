import { checkSurroundings } from '../core/surroundings.ts';
import type { JobContext } from './job-context.ts';

/** @throws Failure `refused` where secrets would be sent unchecked or printed (security rules 14 and 23). */
export function refuseSurroundings({ env, cwd, job, self }: JobContext): void {
  const unsafe = checkSurroundings({ env, cwd, workspace: job.workspace, execArgv: self.execArgv });
  if (unsafe !== null) throw unsafe;
}
