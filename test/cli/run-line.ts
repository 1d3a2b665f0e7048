import { PassThrough, Readable } from 'node:stream';
import { runCommandLine } from '../../src/cli/run.ts';
import type { Env } from '../../src/core/env.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in this process, with nobody at a terminal. */
export async function runLine(
  words: readonly string[],
  { cwd = '/', env = {}, input = '' }: { cwd?: string; env?: Env; input?: string } = {},
): Promise<Ran> {
  const [stdout, stderr] = [collector(), collector()];
  const code = await runCommandLine(words, {
    env: { HOME: cwd, ...env },
    cwd,
    stdin: Readable.from([input]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    interrupts: { signal: new AbortController().signal, listen: () => () => {} },
    self: {
      pid: process.pid,
      user: process.getuid?.() ?? null,
      execPath: process.execPath,
      execArgv: [],
      script: '',
    },
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collector() {
  const stream = new PassThrough();
  const chunks: string[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  return { stream, text: () => chunks.join('') };
}
