import { Failure, placeText, soleProblem, unexpected } from '../core/failure.ts';
import { problemLines } from '../report/problem-lines.ts';

/** How an error is told: one line what and where, one line what to do, and with `--json` the same as data. */
export interface Telling {
  readonly json: boolean;
  readonly verbose: boolean;
  readonly print: (text: string) => void;
  readonly write: (line: string) => void;
}

/** Tells an error and gives the exit code. Errors of others are never quoted: they may quote a secret (security rule 26). */
export function tellFailure(error: unknown, telling: Telling): number {
  const failure = error instanceof Failure ? error : unexpected(error);
  const only = soleProblem(failure);
  const where = only === null ? '' : placeText(only);
  if (only === null) for (const line of failure.problems.flatMap(problemLines)) telling.write(line);
  telling.write(`error: ${where === '' ? '' : `${where}: `}${failure.message}`);
  telling.write(`hint: ${failure.hint}`);
  if (telling.verbose) telling.write(origins(failure));
  if (telling.json) {
    const { code, message, hint, problems } = failure;
    telling.print(`${JSON.stringify({ version: 1, error: { code, message, hint, problems } })}\n`);
  }
  return failure.exitCode;
}

/** File names and line numbers of the stack, without the messages of foreign errors. */
function origins(failure: Failure): string {
  const cause = failure.cause instanceof Error ? failure.cause : failure;
  return (cause.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
