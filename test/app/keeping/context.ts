import type { KeepingContext } from '../../../src/app/keeping/context.ts';
import { readJob } from '../../../src/ci/read-job.ts';
import { terminalVoice } from '../../../src/ci/terminal.ts';
import type { Asker } from '../../../src/core/asker.ts';
import type { Env } from '../../../src/core/env.ts';
import { Failure } from '../../../src/core/failure.ts';
import { maskForms } from '../../../src/core/mask-forms.ts';
import { prose } from '../../../src/core/prose.ts';
import { Secret } from '../../../src/core/secret.ts';
import { createHttp } from '../../../src/system/http.ts';

export interface TestContext extends KeepingContext {
  /** All that was said, printed or asked, in order. */
  readonly talk: string[];
}

export interface Around {
  readonly cwd: string;
  readonly env?: Env;
  readonly input?: string;
  /** Answers of a person at a terminal, in order; null for nobody there. */
  readonly answers?: readonly string[] | null;
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
  /** Milliseconds that a server may be silent, and that an answer may take. */
  readonly idleMs?: number;
  readonly totalMs?: number;
}

/** The surroundings of a use case, with a person who answers from a list. */
export function keepingContext({
  cwd,
  env = {},
  input = '',
  answers = null,
  now,
  signal,
  idleMs = 12_000,
  totalMs = 30_000,
}: Around): TestContext {
  const talk: string[] = [];
  const known: string[] = [];
  const say = (text: string) => void talk.push(text);
  return {
    env: { HOME: cwd, ...env },
    cwd,
    now: now ?? (() => new Date()),
    job: readJob({}, () => null),
    voice: terminalVoice(say),
    http: createHttp({ env: {}, limits: { idleMs, totalMs, bodyBytes: 1e6 } }),
    signal: signal ?? new AbortController().signal,
    self: { pid: process.pid, user: null, execPath: process.execPath, execArgv: [], script: '' },
    readInput: async () => input,
    ask: answers === null ? null : scripted([...answers], say),
    print: say,
    know: (secret) => void known.push(...maskForms(secret)),
    quote: (text) => prose(text, known),
    talk,
  };
}

function scripted(answers: string[], say: (text: string) => void): Asker {
  const next = (question: string): string => {
    say(question);
    const answer = answers.shift();
    if (answer === undefined) throw new Failure('interrupted', 'Stopped.', { hint: '' });
    return answer;
  };
  return {
    line: async (question) => next(question),
    secret: async (question) => {
      const answer = next(question);
      return answer === '' ? null : new Secret(answer);
    },
    yes: async (question) => next(question) === 'y',
  };
}
