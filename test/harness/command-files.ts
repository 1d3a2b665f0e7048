import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a step left in the runner's files. */
export interface CommandFiles {
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly path: readonly string[];
  readonly summary: string;
}

const files = { GITHUB_OUTPUT: 'set_output', GITHUB_STATE: 'save_state', GITHUB_ENV: 'set_env' } as const;
const more = { GITHUB_PATH: 'add_path', GITHUB_STEP_SUMMARY: 'step_summary' } as const;

/** Below `RUNNER_TEMP`. */
export const commandFolder = '_runner_file_commands';

/** Makes the files for one step; the variables that name them. */
export async function makeCommandFiles(
  temp: string,
): Promise<Record<keyof typeof files | keyof typeof more, string>> {
  const folder = join(temp, commandFolder);
  const id = randomUUID();
  const made = Object.entries({ ...files, ...more }).map(async ([variable, name]) => {
    const path = join(folder, `${name}_${id}`);
    await writeFile(path, '');
    return [variable, path];
  });
  return Object.fromEntries(await Promise.all(made));
}

/**
 * Reads and removes the files after a step, by the runner's rules.
 * @throws Error where the runner would fail the step.
 */
export async function readCommandFiles(paths: Readonly<Record<string, string>>): Promise<CommandFiles> {
  const text = (variable: string): Promise<string> => readFile(paths[variable] ?? '', 'utf8');
  const [outputs, state, env, path, summary] = await Promise.all([
    text('GITHUB_OUTPUT'),
    text('GITHUB_STATE'),
    text('GITHUB_ENV'),
    text('GITHUB_PATH'),
    text('GITHUB_STEP_SUMMARY'),
  ]);
  await Promise.all(Object.values(paths).map((file) => rm(file)));
  const variables = parsePairs(env);
  if ('NODE_OPTIONS' in variables) throw new Error('the runner refuses NODE_OPTIONS in GITHUB_ENV');
  if (Buffer.byteLength(summary) > 1024 * 1024) throw new Error('the runner refuses a summary over 1 MiB');
  return {
    outputs: parsePairs(outputs),
    state: parsePairs(state),
    env: variables,
    path: path.split('\n').filter((line) => line !== ''),
    summary,
  };
}

/** `NAME=VALUE` lines, and `NAME<<END` up to a line that is `END`. */
export function parsePairs(text: string): Record<string, string> {
  const lines = text.split('\n');
  const pairs: [string, string][] = [];
  while (lines.length > 0) {
    const line = lines.shift()?.replace(/\r$/, '') ?? '';
    if (line === '') continue;
    const [, name = '', mark = '', rest = ''] = /^(.*?)(=|<<)(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error('a line of a command file has no name');
    pairs.push([name, mark === '=' ? rest : takeUntil(lines, rest)]);
  }
  return Object.fromEntries(pairs);
}

function takeUntil(lines: string[], end: string): string {
  const at = lines.indexOf(end);
  if (at < 0) throw new Error('a value in a command file has no end');
  return lines
    .splice(0, at + 1)
    .slice(0, -1)
    .join('\n');
}
