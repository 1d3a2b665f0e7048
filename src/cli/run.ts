import type { ReadStream } from 'node:tty';
import { commandLineCi } from '../ci/command-line.ts';
import type { Env } from '../core/env.ts';
import { Failure } from '../core/failure.ts';
import { version } from '../core/version.ts';
import type { Interrupts } from '../system/interrupts.ts';
import { readStandardInput } from '../system/standard-input.ts';
import { readTextFile } from '../system/text-file.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { tellFailure } from './fail.ts';
import { commonFlags } from './flags.ts';
import { generalHelp, verbHelp } from './help.ts';
import { commandUsage, noCommand } from './no-command.ts';
import { noSuchVerb } from './no-such-verb.ts';
import { type Talk, talkOn } from './talk.ts';
import type { Shell, Verb } from './verb.ts';
import { verbOf, verbs } from './verbs.ts';

/** The parts of `process` that the command line uses. */
export interface Process {
  readonly env: Env;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly interrupts: Interrupts;
  readonly self: Shell['self'];
}

/** Runs one command line and gives its exit code. */
export async function runCommandLine(words: readonly string[], around: Process): Promise<number> {
  const print = (data: string) => void around.stdout.write(data);
  const { write, progress } = talkOn(around.stderr);
  const telling = { json: words.includes('--json'), verbose: words.includes('--verbose'), print, write };
  try {
    const answer = aboutItself(words);
    if (answer !== null) {
      print(answer);
      return 0;
    }
    const { verb, rest } = verbOf(words) ?? raise(noSuchVerb(words));
    if (verb.usage === commandUsage && !rest.includes('--') && !rest.includes('--help')) throw noCommand();
    const args = readArguments(rest, [...verb.flags, ...commonFlags]);
    if (args.on('help')) {
      print(verbHelp(verb));
      return 0;
    }
    if (verb.usage === '' && args.positionals.length > 0) throw strayWord(verb);
    return await runVerb(
      verb,
      args,
      makeShell(around, { print, write, progress, isQuiet: args.on('quiet') }),
    );
  } catch (error) {
    return tellFailure(error, telling);
  }
}

/** What help and version print; null for everything else. */
function aboutItself(words: readonly string[]): string | null {
  const [first = 'help', ...rest] = words;
  if (/^(?:version|--version|-V)$/.test(first)) return `${version}\n`;
  if (!/^(?:help|--help|-h)$/.test(first)) return null;
  if (rest.length === 0) return generalHelp(verbs);
  return verbHelp((verbOf(rest) ?? raise(noSuchVerb(rest))).verb);
}

function raise(failure: Failure): never {
  throw failure;
}

/** Not quoted: it may be a manifest, or a secret that the shell took apart. */
function strayWord({ name, flags }: Verb): Failure {
  const readsManifest = flags.some((flag) => flag.name === 'manifest');
  return new Failure('usage', `${name} takes flags only, and there is a word that is none.`, {
    hint: readsManifest ? 'A manifest is named by --manifest FILE.' : '--help tells which there are.',
  });
}

async function runVerb(verb: Verb, args: Arguments, shell: Shell): Promise<number> {
  const { run } = await verb.load();
  return await run(args, shell);
}

interface Streams extends Talk {
  readonly print: (data: string) => void;
  readonly isQuiet: boolean;
}

/** What `--quiet` leaves: warnings and errors. */
const silence = { info: () => {}, notice: () => {}, section: () => () => {} };

function makeShell(around: Process, { print, write, progress, isQuiet }: Streams): Shell {
  const now = () => new Date();
  const ci = commandLineCi(around.env, { readText: readTextFile, write, now });
  return {
    env: around.env,
    cwd: around.cwd,
    now,
    ci: isQuiet ? { ...ci, voice: { ...ci.voice, ...silence } } : ci,
    readInput: () => readStandardInput(around.stdin),
    print,
    printed: () => written(around.stdout),
    progress: around.stderr.isTTY === true && !isQuiet ? progress : null,
    colours: around.stdout.isTTY === true && around.env.NO_COLOR === undefined,
    columns: around.stdout.isTTY === true ? (around.stdout.columns ?? null) : null,
    onTerminal: around.stdin.isTTY === true,
    terminal: terminalOf(around),
    interrupts: around.interrupts,
    self: around.self,
  };
}

/** Streams tell later what became of a text. */
function written(stdout: Process['stdout']): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write('', (error) => (error ? reject(notWritten(error)) : resolve()));
  });
}

function notWritten(cause: Error): Failure {
  return new Failure('command-failed', 'Nobody reads what was to be printed, or the disk is full.', {
    hint: 'Run it again where its output arrives.',
    cause,
  });
}

/** Questions go where the talk goes: standard output is for data. */
function terminalOf({ stdin, stderr }: Process): Shell['terminal'] {
  return stdin.isTTY === true && stderr.isTTY === true
    ? { input: stdin as ReadStream, output: stderr }
    : null;
}
