import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What one script of a job said and how it ended. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A machine that runs jobs: a temporary folder, a home and a checkout of its own. */
export interface JobMachine extends Disposable {
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Runs scripts as GitLab's runner does: one shell for all of them, standard input empty. */
  readonly run: (scripts: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Said>;
  /** What lies in its temporary folder. */
  readonly leftovers: () => readonly string[];
  /** Puts a program of a few lines of shell on PATH, before all others. */
  readonly addProgram: (name: string, lines: string) => void;
}

export interface MachineOptions {
  /** Program and arguments, `busybox sh` for one. */
  readonly shell?: readonly string[];
  /** Paths of all the programs there are, by name; left out, those of this machine. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly ci?: 'gitlab' | 'bitbucket' | 'none';
}

export function startMachine({ shell = ['sh'], programs, ci = 'gitlab' }: MachineOptions = {}): JobMachine {
  const folder = mkdtempSync(join(tmpdir(), 'machine-'));
  const [bin, home, temporary, checkout] = ['bin', 'home', 'tmp', 'checkout'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  for (const path of [bin, home, temporary, checkout]) mkdirSync(path);
  for (const [name, path] of Object.entries(programs ?? {})) symlinkSync(path, join(bin, name));
  const variables = {
    PATH: programs === undefined ? `${bin}:${process.env.PATH}` : bin,
    HOME: home,
    TMPDIR: temporary,
    ...ciVariables[ci](checkout),
  };
  return {
    folder,
    variables,
    run: (scripts, env = {}) => run(shell, scripts, { cwd: checkout, env: { ...variables, ...env } }),
    leftovers: () => readdirSync(temporary),
    addProgram: (name, lines) => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${lines}\n`);
      chmodSync(join(bin, name), 0o755);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const ciVariables: Record<NonNullable<MachineOptions['ci']>, (checkout: string) => Record<string, string>> = {
  gitlab: (checkout) => ({
    GITLAB_CI: 'true',
    CI_JOB_ID: '4711',
    CI_SERVER_HOST: 'gitlab.example.com',
    CI_PROJECT_DIR: checkout,
  }),
  bitbucket: (checkout) => ({
    BITBUCKET_BUILD_NUMBER: '7',
    BITBUCKET_REPO_FULL_NAME: 'lab/variants',
    BITBUCKET_STEP_UUID: '{5b3f1a6e-8f0c-4c86-9c0e-2f0b8f3c1d11}',
    BITBUCKET_CLONE_DIR: checkout,
  }),
  none: () => ({}),
};

function run(
  [program = 'sh', ...words]: readonly string[],
  scripts: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Said> {
  const quoted = scripts
    .map((script) => `${script}\n`)
    .join('')
    .replaceAll("'", `'\\''`);
  const child = spawn(program, words, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(`set -e\n: | eval '${quoted}'\n`);
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => text(stream)) as [
    Promise<string>,
    Promise<string>,
  ];
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', async (code) => {
      resolve({ code, stdout: await stdout, stderr: await stderr });
    });
  });
}
