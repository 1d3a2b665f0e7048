import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Failure } from '../core/failure.ts';
import { nearest } from '../core/manifest/nearest.ts';
import { type Flag, flagUsage } from './flags.ts';

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
  for (const { name, value, short } of flags) {
    const type = value === null ? 'boolean' : 'string';
    options[name] = { type, multiple: true, ...(short === undefined ? {} : { short }) };
  }
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

/** What people try who want to hand a secret over. */
const secretName =
  /^(?:token|password|passwd|secret|pat|private-key|ssh-key|secret-access-key|api-token|key)$/;

/** Node's message is never quoted, since it may hold the value. */
function misused(error: unknown, flags: readonly Flag[]): Failure {
  const { message = '' } = error as NodeJS.ErrnoException;
  const name = /--([a-z][a-z-]*)/.exec(message)?.[1];
  const hint = `The flags are ${flags.map((flag) => `--${flag.name}`).join(' ')}.`;
  if (name === undefined)
    return new Failure('usage', 'The command line cannot be read.', { hint, cause: error });
  const flag = flags.find((known) => known.name === name);
  if (flag !== undefined) {
    const fault = flag.value === null ? 'takes no value' : 'needs a value';
    return new Failure('usage', `--${name} ${fault}.`, { hint: `Write ${flagUsage(flag)}.`, cause: error });
  }
  if (secretName.test(name) && flags.some((known) => known.name === 'secret-from')) {
    return new Failure('usage', `--${name} is no flag: others can read command lines.`, {
      hint: 'Say where the secret is with --secret-from: the name of a variable, the path of a file, or - for standard input. Replace it if it was real.',
      cause: error,
    });
  }
  const meant = nearest(
    name,
    flags.map((known) => known.name),
  );
  return new Failure('usage', `--${name} is not a flag of this verb.`, {
    hint: meant === null ? hint : `Write --${meant}, or see --help.`,
    cause: error,
  });
}
