import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Failure } from '../core/failure.ts';
import type { Flag } from './flags.ts';

/** What a person typed after the verb, checked against the verb's flags. An empty value is as good as none: templates pass every flag. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** What follows `--`. */
  readonly command: readonly string[];
  readonly on: (flag: string) => boolean;
  readonly one: (flag: string) => string | null;
  /** Every value of a repeatable flag, by lines or as a JSON list; null when that gives none. */
  readonly lines: (flag: string) => readonly string[] | null;
  /** @throws Failure `usage` for anything but `true` and `false`. */
  readonly truth: (flag: string, otherwise: boolean) => boolean;
  /** @throws Failure `usage` for anything else. */
  readonly choice: <const T extends string>(flag: string, choices: readonly T[]) => T;
}

/**
 * Takes the words after a verb apart.
 * @throws Failure `usage` that names the flag, never its value.
 */
export function readArguments(words: readonly string[], flags: readonly Flag[]): Arguments {
  const separator = words.indexOf('--');
  const own = separator < 0 ? words : words.slice(0, separator);
  const { values, positionals } = parse(own, flags);
  const all = (flag: string) => values[flag]?.map(String).filter((text) => text !== '') ?? [];
  const one = (flag: string) => all(flag).at(-1) ?? null;
  const choice = <const T extends string>(flag: string, choices: readonly T[]): T => {
    const given = one(flag) ?? choices[0];
    const found = choices.find((known) => known === given);
    if (found !== undefined) return found;
    throw new Failure('usage', `--${flag} has an unknown value.`, {
      hint: `It takes ${choices.join(', ')}.`,
    });
  };
  return {
    positionals,
    command: separator < 0 ? [] : words.slice(separator + 1),
    on: (flag) => one(flag) === 'true',
    one,
    lines: (flag) => {
      const lines = all(flag).flatMap((text) => jsonList(text) ?? nonEmptyLines(text));
      return lines.length === 0 ? null : lines;
    },
    truth: (flag, otherwise) => choice(flag, otherwise ? ['true', 'false'] : ['false', 'true']) === 'true',
    choice,
  };
}

/** The lines of a text that hold something, trimmed. */
function nonEmptyLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A list as GitLab writes an input of that type: `["a","b"]`; null for any other text. */
function jsonList(text: string): readonly string[] | null {
  if (!/^\[\s*["\]]/.test(text)) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string')
      ? list.flatMap(nonEmptyLines)
      : null;
  } catch {
    return null;
  }
}

function parse(words: readonly string[], flags: readonly Flag[]) {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const flag of flags)
    options[flag.name] = { type: flag.value === null ? 'boolean' : 'string', multiple: true };
  try {
    const parsed = parseArgs({ args: [...words], options, allowPositionals: true });
    return {
      values: parsed.values as Record<string, (string | boolean)[] | undefined>,
      positionals: parsed.positionals,
    };
  } catch (error) {
    throw misused(error, flags);
  }
}

function misused(error: unknown, flags: readonly Flag[]): Failure {
  const { code, message = '' } = error as NodeJS.ErrnoException;
  const flag = /--[a-z][a-z-]*/.exec(message)?.[0];
  const fault =
    code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE'
      ? 'needs a value, or takes none'
      : 'is not a flag of this verb';
  return new Failure('usage', flag === undefined ? 'The command line cannot be read.' : `${flag} ${fault}.`, {
    hint: `The flags are ${flags.map(({ name }) => `--${name}`).join(' ')}.`,
    cause: error,
  });
}
