import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Failure } from '../core/failure.ts';
import type { Interrupts } from './interrupts.ts';

/** A command a person asked for; it inherits the standard streams. */
export interface Command {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly interrupts: Interrupts;
  /** Whether a terminal sends its own signals to the command as well: then only SIGTERM is handed on. */
  readonly onTerminal: boolean;
}

/**
 * Runs a command to its end and gives its exit code; 128 and the signal's number when a signal ended it.
 * @throws Failure `command-failed` when it cannot be started.
 */
export async function runCommand(command: Command): Promise<number> {
  const [program = '', ...words] = command.words;
  return await new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: command.cwd, env: command.env, stdio: 'inherit' });
    const deaf = command.interrupts.listen((name) => {
      if (name === 'SIGTERM' || !command.onTerminal) child.kill(name);
    });
    child.once('error', (error) => {
      deaf();
      reject(notStarted(error));
    });
    child.once('exit', (code, signal) => {
      deaf();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

function notStarted(error: NodeJS.ErrnoException): Failure {
  const reason = error.code === 'ENOENT' ? 'there is no such program' : `the system says ${error.code}`;
  return new Failure('command-failed', `The command cannot be started: ${reason}.`, {
    hint: 'Check the first word after `--`, and PATH.',
    cause: error,
  });
}
