// Timing by ratio: absolute times belong to one machine and one minute, ratios of one run can be compared.
import { spawn } from 'node:child_process';

export const node = process.execPath;

/**
 * Runs all contestants in turns and compares them turn by turn, so that a busy moment hits both sides of a ratio alike.
 * @param {Record<string, (() => unknown) | null>} contestants null is not there; one that gives a number has taken its
 * own time
 * @returns {Promise<(one: string, other: string) => number | null>} the median of their ratios, null without one of them
 */
export async function roundRobin(contestants, rounds) {
  const names = Object.keys(contestants).filter((name) => contestants[name] !== null);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await contestants[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times[name].push(await milliseconds(contestants[name]));
  }
  return (one, other) =>
    times[one] && times[other] ? median(times[one].map((time, round) => time / times[other][round])) : null;
}

/** What an action says it took, else its wall time. */
export async function milliseconds(action) {
  const start = performance.now();
  const own = await action();
  return typeof own === 'number' ? own : performance.now() - start;
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs a program to its end and gives its standard output.
 * @param {{env?: object, cwd?: string, input?: string, exit?: number, started?: Function}} options
 * `exit` is the exit code that is right, `started` gets the process
 */
export function run(command, args, { env = process.env, cwd, input = '', exit = 0, started } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd });
    started?.(child);
    let output = '';
    let talk = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (talk += chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      code === exit
        ? resolve(output)
        : reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${output}${talk}`)),
    );
    child.stdin.on('error', () => {}).end(input);
  });
}
