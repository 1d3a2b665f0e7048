import type { CommandLineCi } from '../ci/command-line.ts';
import type { Env } from '../core/env.ts';
import type { Interrupts } from '../system/interrupts.ts';
import type { Self } from '../system/self.ts';
import type { Terminal } from '../system/terminal-asker.ts';
import type { Arguments } from './arguments.ts';
import type { Flag } from './flags.ts';

/** What the command line has around it; the door makes it from `process`. */
export interface Shell {
  readonly env: Env;
  readonly cwd: string;
  readonly now: () => Date;
  readonly ci: CommandLineCi;
  /** All of standard input, as text. */
  readonly readInput: () => Promise<string>;
  /** Data, on standard output. */
  readonly print: (text: string) => void;
  /** Resolves once all of that is out. @throws Failure `command-failed` when it never will be. */
  readonly printed: () => Promise<void>;
  /** Whether standard output is a terminal that shows colours. */
  readonly colours: boolean;
  /** Characters of that terminal's line; null where standard output is none. */
  readonly columns: number | null;
  /** Replaces the line of progress on standard error; null where that is no terminal. */
  readonly progress: ((text: string) => void) | null;
  /** Whether standard input is a terminal, whose signals go to our children too. */
  readonly onTerminal: boolean;
  /** Where a person can be asked; null where nobody sits there. */
  readonly terminal: Pick<Terminal, 'input' | 'output'> | null;
  readonly interrupts: Interrupts;
  readonly self: Self;
}

/** A verb's code, loaded when it is called. Gives the exit code. */
export type RunVerb = (args: Arguments, shell: Shell) => Promise<number>;

/** One verb of the command line: what help and README show, and where its code is. */
export interface Verb {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What follows the name: `TARGET...`. */
  readonly usage: string;
  readonly about: string;
  readonly flags: readonly Flag[];
  readonly load: () => Promise<{ readonly run: RunVerb }>;
}
