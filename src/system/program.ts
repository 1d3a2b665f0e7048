import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { passesThrough } from './workspace.ts';

/** A program to be asked something. */
export interface Question {
  readonly program: string;
  readonly words: readonly string[];
  readonly cwd: string;
  /** Without our secrets (security rule 21). */
  readonly env: Readonly<Record<string, string>>;
  readonly workspace: string | null;
}

/** How a program ended and what it printed. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program without input; null when there is none of that name or it takes longer than 5 seconds. */
export async function ask({ program, words, cwd, env, workspace }: Question): Promise<Answer | null> {
  const path = findProgram(program, env.PATH ?? '', workspace);
  if (path === null) return null;
  return await new Promise((resolve) => {
    const options = { cwd, env, timeout: 5000, maxBuffer: 4 * 1024 * 1024, windowsHide: true };
    const child = execFile(path, words, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      resolve(typeof code === 'number' ? { code, stdout, stderr } : null);
    });
    child.stdin?.end();
  });
}

/** The first program of that name on PATH; never from a relative entry or one in the workspace (security rule 21). */
export function findProgram(name: string, path: string, workspace: string | null): string | null {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  const files = folders.flatMap((folder) => [join(folder, name), join(folder, `${name}.exe`)]);
  return files.find((file) => isProgram(file) && !isFrom(workspace, file)) ?? null;
}

/** Asked of what is a program only: to follow the links of every folder on PATH took milliseconds. */
function isFrom(workspace: string | null, file: string): boolean {
  return workspace !== null && passesThrough(workspace, file);
}

function isProgram(path: string): boolean {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
