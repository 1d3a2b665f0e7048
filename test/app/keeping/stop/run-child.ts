import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task } from './task.ts';

const script = join(import.meta.dirname, 'child.ts');
const preload = join(import.meta.dirname, '../../../harness/killed-at.mjs');

export interface Child {
  readonly kill: () => void;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly stdout: string;
  }>;
}

/** @param how variables of killed-at.mjs. */
export function runChild(task: Task, how: Readonly<Record<string, string>> = {}): Child {
  // Compiled once for all children: they are many.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'keeping-compiled'), ...how };
  const child = spawn(
    process.execPath,
    ['--no-warnings', `--import=${preload}`, script, JSON.stringify(task)],
    {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  return {
    kill: () => void child.kill('SIGKILL'),
    ended: new Promise((resolve, reject) => {
      child.once('error', reject).once('close', (code, signal) => resolve({ code, signal, stdout }));
    }),
  };
}
