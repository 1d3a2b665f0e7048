import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { devNull } from 'node:os';

/** Starts git without the configuration of the user and the machine, so that a demo is the same everywhere. */
export function spawnGit(
  args: readonly string[],
  place: { cwd: string; env?: Readonly<Record<string, string>> },
): ChildProcessWithoutNullStreams {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: place.cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    ...place.env,
  };
  return spawn('git', args, { cwd: place.cwd, env });
}

/**
 * Runs git to its end.
 * @throws Error with git's own words.
 */
export async function runGit(args: readonly string[], place: { cwd: string; input: string }): Promise<void> {
  const child = spawnGit(args, place);
  let talk = '';
  child.stderr.on('data', (chunk: Buffer) => {
    talk += chunk.toString();
  });
  child.stdout.resume();
  child.stdin.on('error', () => undefined).end(place.input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}: ${talk}`);
}
