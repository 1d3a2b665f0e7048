import { Failure } from '../core/failure.ts';

/** What follows a verb that runs a command. */
export const commandUsage = '-- COMMAND...';

/** `exec git --version`: whose flag that is only two dashes tell. */
export function noCommand(): Failure {
  return new Failure('usage', 'There is no command to run.', {
    hint: `Write it after two dashes: pipeline-credentials exec [FLAGS] ${commandUsage}`,
  });
}
