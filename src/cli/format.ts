import { Failure } from '../core/failure.ts';
import { shellQuote } from '../core/shell-quote.ts';

/** Lines for `eval` in a POSIX shell: `export` for what is set, `unset` for what must go. Ends in a newline. */
export function shellLines(set: Readonly<Record<string, string>>, unset: readonly string[]): string {
  const exports = Object.entries(set).map(([name, value]) => `export ${name}=${shellQuote(value)}\n`);
  return [...exports, ...unset.map((name) => `unset ${name}\n`)].join('');
}

/**
 * `NAME=value` lines, for files that CI systems read as dotenv; no quoting is common to all readers, so a value with
 * a line break is refused.
 */
export function dotenvLines(set: Readonly<Record<string, string>>): string {
  return Object.entries(set)
    .map(([name, value]) => {
      if (!/[\r\n]/.test(value)) return `${name}=${value}\n`;
      throw new Failure('usage', `${name} cannot be written as dotenv: it holds a line break.`, {
        hint: 'Use --format sh or --format json.',
      });
    })
    .join('');
}
