import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { expect } from 'vitest';

/** A terminal of its own (a pty), in which one command runs. */
export interface Terminal {
  /** Everything that the terminal showed so far, with its control sequences. */
  readonly screen: () => string;
  /** Waits until the terminal shows something, then types. `\r` is Enter, `\u0003` Ctrl-C. */
  readonly answer: (question: RegExp, keys: string) => Promise<void>;
  readonly exit: Promise<number>;
}

/** @param command for a shell. Runs in util-linux' `script`, which makes the pty and passes the exit code on. */
export function openTerminal(
  command: string,
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): Terminal {
  const child: ChildProcessWithoutNullStreams = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, TERM: 'xterm', SHELL: '/bin/bash', HOME: cwd, ...env },
  });
  let shown = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    shown += chunk;
  });
  return {
    screen: () => shown,
    answer: async (question, keys) => {
      await expect.poll(() => shown.slice(seen), { timeout: 15_000 }).toMatch(question);
      seen = shown.length;
      // A person does not type before the question has sunk in.
      await new Promise((resolve) => setTimeout(resolve, 100));
      child.stdin.write(keys);
    },
    exit: new Promise((resolve) => child.once('close', (code) => resolve(code ?? -1))),
  };
}
