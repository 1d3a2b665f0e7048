import { type Problem, placeText } from '../core/failure.ts';

/** One problem for people: where, what, and what to do, in two lines. */
export function problemLines(problem: Problem): readonly string[] {
  const { message, hint } = problem;
  const where = placeText(problem);
  return [where === '' ? message : `${where}: ${message}`, `  hint: ${hint}`];
}

/** All findings of `lint`, for people; the last line sums up. */
export function lintText(problems: readonly Problem[]): string {
  const lines = problems.flatMap((problem) => {
    const [what = '', ...rest] = problemLines(problem);
    return [`${problem.severity}: ${what}`, ...rest];
  });
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const sum =
    problems.length === 0
      ? 'The manifest is in order.'
      : `${count(errors, 'error')}, ${count(warnings, 'warning')}.`;
  return `${[...lines, sum].join('\n')}\n`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
