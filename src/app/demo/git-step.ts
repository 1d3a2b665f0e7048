import { spawn } from 'node:child_process';

/** What a step of the demo ended with. */
export interface StepResult {
  readonly code: number;
  /** Standard output and error as they came. */
  readonly output: string;
}

/** Runs git as a later step of the job would: in a folder, with the variables that setup exported. */
export async function gitStep(
  words: readonly string[],
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<StepResult> {
  const child = spawn('git', words, { ...place, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
