import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built } from './built.ts';

/** How a program ended, and what it said. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Standard input; nothing by default, null leaves it open. */
  readonly input?: string | null;
  /** Called with the process, to send it signals. */
  readonly started?: (child: ChildProcess) => void;
}

/** A machine outside any CI, with a home, a temp folder and a place to work. */
export interface Laptop extends Disposable {
  /** Holds all the others. */
  readonly folder: string;
  readonly home: string;
  readonly temp: string;
  readonly work: string;
  readonly env: Readonly<Record<string, string>>;
  /** What runs the command line, and its file. */
  readonly node: string;
  readonly script: string;
  readonly run: (words: readonly [string, ...string[]], running?: Running) => Promise<Ended>;
  /** The built command line. */
  readonly cli: (words: readonly string[], running?: Running) => Promise<Ended>;
  /** What lies in home, temp folder and working folder. */
  readonly left: () => readonly string[];
}

/** @param node the one that runs the command line; that of the tests by default. */
export function openLaptop({
  node = process.execPath,
  env: more = {},
}: {
  node?: string;
  env?: Readonly<Record<string, string>>;
} = {}): Laptop {
  const folder = mkdtempSync(join(tmpdir(), 'laptop-'));
  const place = (name: string): string => join(folder, name);
  const [home, temp, work] = [place('home'), place('temp'), place('work')];
  for (const path of [home, temp, work]) mkdirSync(path);
  const script = built('cli/index.js');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    TMPDIR: temp,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: 'echo used ssh >&2; false',
    ...more,
  };
  const run: Laptop['run'] = ([program, ...words], { env: extra, cwd = work, ...rest } = {}) =>
    runToEnd(program, words, { ...rest, cwd, env: { ...env, ...extra } });
  return {
    folder,
    home,
    temp,
    work,
    env,
    node,
    script,
    run,
    cli: (words, running) => run([node, script, ...words], running),
    left: () => [home, temp, work].flatMap((path) => readdirSync(path).map((name) => join(path, name))),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

type Spawning = Required<Pick<Running, 'cwd' | 'env'>> & Running;

function runToEnd(program: string, words: readonly string[], running: Spawning): Promise<Ended> {
  const { cwd, env, input, started } = running;
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd, env: { ...env } });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        said[name] += chunk;
      });
    }
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal, ...said }));
    // It may end before it has read anything.
    child.stdin.on('error', () => {});
    if (input !== null) child.stdin.end(input ?? '');
    started?.(child);
  });
}
