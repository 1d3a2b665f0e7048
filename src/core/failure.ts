import type { Fault } from './fault.ts';
import { objectOf } from './json.ts';
import type { Place } from './manifest/manifest.ts';

/** One finding about a manifest, an input or a target. `path` is like `credentials[2].token`; lines and columns count from 1. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Stable, kebab-case: programs match on it. */
  readonly code: string;
  /** Where in the manifest; empty for the manifest as a whole. */
  readonly path: string;
  /** Which manifest, for people: a file's name or `PIPELINE_CREDENTIALS`; absent when there is only one. */
  readonly source?: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** A fault where it stands; place null: in no manifest. */
export function problemAt(
  place: Place | null,
  { code, message, hint }: Fault,
  severity: Problem['severity'] = 'error',
): Problem {
  const { path = '', source = null, line = null, column = null } = place ?? {};
  return { severity, code, path, ...(source !== null && { source }), line, column, message, hint };
}

/** Where a problem is, for people: `manifest.yml 3:10 credentials[0].token`; empty when nothing is known. */
export function placeText({ source, line, column, path }: Problem): string {
  const position = line === null ? '' : `${line}:${column}`;
  return [source ?? '', position, path].filter((part) => part !== '').join(' ');
}

/**
 * The closed list of ways this program fails, by the exit code they end with: 2 when the manifest, the command
 * line or the surroundings are wrong, 1 when something does not work, 130 when interrupted.
 */
const exitCodes = {
  usage: 2,
  'manifest-missing': 2,
  'manifest-invalid': 2,
  'target-invalid': 2,
  refused: 2,
  'reference-unresolved': 1,
  'mint-failed': 1,
  'no-credential': 1,
  unreachable: 1,
  'session-failed': 1,
  'command-failed': 1,
  interrupted: 130,
} as const;

export type FailureCode = keyof typeof exitCodes;

/** The one error class: what and where in `message`, what to do in `hint`, never a value that could be secret. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly hint: string;
  readonly problems: readonly Problem[];

  constructor(
    code: FailureCode,
    message: string,
    details: { hint: string; problems?: readonly Problem[]; cause?: unknown },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'Failure';
    this.code = code;
    this.hint = details.hint;
    this.problems = details.problems ?? [];
  }

  get exitCode(): 1 | 2 | 130 {
    return exitCodes[this.code];
  }
}

/** Several problems as one failure: the first is told, the others are counted and come along. */
export function failureOf(code: FailureCode, problems: readonly [Problem, ...Problem[]]): Failure {
  const [{ message, hint }, ...others] = problems;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return new Failure(code, `${message}${more}`, { hint, problems });
}

/** The problem that a failure ends with, word for word, so that it is told once and with its place; null when it is more than that. */
export function soleProblem({ message, problems }: Failure): Problem | null {
  const [only, ...others] = problems;
  return only !== undefined && others.length === 0 && message.endsWith(only.message) ? only : null;
}

/** An error of somebody else as a failure of ours. Such errors may quote what they read (security rule 26): only their code is told. */
export function unexpected(error: unknown): Failure {
  const { code } = objectOf(error);
  const shown = typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'no code';
  return new Failure('session-failed', `Something unexpected went wrong (${shown}).`, {
    hint: 'Check the disk and the temp folder; if they are well, report it with what --verbose adds.',
    cause: error,
  });
}

/** Somebody asked us to stop before everything was there. */
export function interrupted(): Failure {
  return new Failure('interrupted', 'Interrupted; nothing is signed in and nothing is left.', {
    hint: 'Run it again.',
  });
}
