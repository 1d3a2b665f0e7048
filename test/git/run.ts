import { execFile } from 'node:child_process';

/** How a program ended and what it printed on both streams. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end, whatever that is. */
export function run(
  program: string,
  words: readonly string[],
  { input, ...options }: { cwd: string; env: Record<string, string>; input?: string },
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(program, words, options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    );
    // It may end before it has read anything.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}
