import { spawn } from 'node:child_process';

/** Runs git as a later step of the job would: in a folder, with the variables that setup exported. Gives its exit code. */
export async function gitStep(
  words: readonly string[],
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<number> {
  const child = spawn('git', words, { ...place, stdio: 'ignore' });
  return await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code ?? 1));
  });
}
