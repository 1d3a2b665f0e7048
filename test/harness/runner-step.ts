import { type ChildProcess, spawn } from 'node:child_process';
import { type CommandFiles, makeCommandFiles, readCommandFiles } from './command-files.ts';
import { findSecrets, type Leak } from './leaks.ts';
import type { Folders, Variables } from './runner-machine.ts';
import { type ReadLog, readLog } from './workflow-commands.ts';

/** What a step did. */
export interface Step extends CommandFiles, ReadLog {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** As they came, masks and commands included. */
  readonly stdout: string;
  readonly stderr: string;
  /**
   * Where values that this job masks, before or during the step, stand unmasked: `stdout`, `stderr`, `output NAME`,
   * `env NAME`, `state NAME`, `path`, `summary`. An output that was asked for is listed too.
   */
  readonly leaks: readonly Leak[];
}

export interface Launch {
  readonly command: readonly [string, ...string[]];
  readonly env: Variables;
  /** Called with the process, to send it signals. */
  readonly started?: ((child: ChildProcess) => void) | undefined;
}

/** Runs a program as one step of a job in which `masks` are masked already. */
export async function runStep(
  launch: Launch,
  { temp, workspace }: Folders,
  masks: readonly string[],
): Promise<Step> {
  const files = await makeCommandFiles(temp);
  const ended = await runProcess({ ...launch, env: { ...launch.env, ...files } }, workspace);
  return readStep(ended, files, masks);
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function runProcess(
  { command: [program, ...args], env, started }: Launch,
  cwd: string,
): Promise<Ended> {
  const child = spawn(program, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    texts.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    texts.stderr += chunk;
  });
  started?.(child);
  const ended = await new Promise<Pick<Ended, 'code' | 'signal'>>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal }));
    // A process left behind may hold the streams open; the runner does not wait for it for long either.
    child.once('exit', (code, signal) => setTimeout(resolve, 2000, { code, signal }).unref());
  });
  return { ...ended, ...texts };
}

async function readStep(ended: Ended, files: Variables, masks: readonly string[]): Promise<Step> {
  const written = await readCommandFiles(files);
  const log = readLog(`${ended.stdout}\n${ended.stderr}`, masks);
  const [out, err] = [readLog(ended.stdout), readLog(ended.stderr)];
  const places = {
    stdout: out.raw.join('\n'),
    stderr: err.raw.join('\n'),
    ...named('output', written.outputs),
    ...named('env', written.env),
    ...named('state', written.state),
    path: written.path.join('\n'),
    summary: written.summary,
  };
  const leaks = await findSecrets(places, [...masks, ...log.masks]);
  return { ...ended, ...written, ...log, leaks };
}

function named(kind: string, values: Variables): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${kind} ${name}`, value]));
}
