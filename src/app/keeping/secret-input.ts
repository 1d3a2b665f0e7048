import { resolve } from 'node:path';
import { Failure } from '../../core/failure.ts';
import { isFault } from '../../core/fault.ts';
import { Secret } from '../../core/secret.ts';
import { withoutLastBreak } from '../../core/text-form.ts';
import { readSecretFile } from '../../system/secret-file.ts';
import type { KeepingContext } from './context.ts';

/** A secret that is wanted. */
export interface Wanted {
  /** For people: `token of lab`. */
  readonly what: string;
  /** Where a person said it is: the name of a variable, the path of a file, `-` for standard input; null to ask. */
  readonly from: string | null;
  /** Whether it has many lines, and so cannot be typed. */
  readonly isKey: boolean;
}

/**
 * A secret from where a person said it is, or from the person. Never from the command line itself, which others can
 * read. Null when the person left it blank.
 * @throws Failure `usage`, which never shows what was given: it may be the secret itself.
 */
export async function readSecret(wanted: Wanted, context: KeepingContext): Promise<Secret | null> {
  const secret = await findSecret(wanted, context);
  if (secret !== null) context.know(secret);
  return secret;
}

async function findSecret(wanted: Wanted, context: KeepingContext): Promise<Secret | null> {
  if (wanted.from !== null) return secretOf(await given(wanted.from, context));
  const { ask } = context;
  if (ask === null) return empty(`The ${wanted.what} is missing.`);
  if (!wanted.isKey) return ask.secret(`${capital(wanted.what)} (not shown): `);
  const path = await ask.line(`File with the ${wanted.what}: `);
  return path === '' ? null : secretOf(await given(path.includes('/') ? path : `./${path}`, context));
}

function secretOf(text: string): Secret | null {
  const line = withoutLastBreak(text);
  return line === '' ? null : new Secret(line);
}

async function given(from: string, { env, cwd, readInput }: KeepingContext): Promise<string> {
  if (from === '-') return (await readInput()) || empty('Standard input is empty.');
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(from)) {
    return env[from] || empty('The variable that --secret-from names is not set, or empty.');
  }
  const text = readSecretFile(resolve(cwd, from));
  if (isFault(text))
    throw new Failure('usage', `The file that --secret-from names ${text.message}.`, { hint: text.hint });
  return text;
}

function empty(message: string): never {
  throw new Failure('usage', message, {
    hint: 'Say where it is with --secret-from: the name of a variable, the path of a file, or - for standard input. Never write it on the command line itself.',
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
