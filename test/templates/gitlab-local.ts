import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../conventions/sources.ts';

/** What a run of gitlab-ci-local said, both streams in one. */
export interface LocalRun {
  readonly code: number | null;
  readonly log: string;
}

/** A GitLab project on this machine, whose jobs gitlab-ci-local runs in shells of this machine. */
export interface GitlabProject extends Disposable {
  readonly folder: string;
  readonly home: string;
  /** Where jobs put temporary files. */
  readonly temporary: string;
  /** Its pipeline with includes, inputs and references resolved, held against GitLab's schema. */
  readonly preview: () => Promise<LocalRun>;
  readonly run: (job: string, options?: JobOptions) => Promise<LocalRun>;
  readonly leftovers: () => readonly string[];
}

export interface JobOptions {
  /** Variables of the project. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Variables of type File: contents. */
  readonly files?: Readonly<Record<string, string>>;
  /** A folder to search for programs before all others. */
  readonly bin?: string;
}

/** Makes a project of files, with one commit and the remote that says where it lives. */
export function makeProject(
  files: Readonly<Record<string, string>>,
  origin = 'https://gitlab.example.com/lab/variants.git',
): GitlabProject {
  const top = mkdtempSync(join(tmpdir(), 'gitlab-project-'));
  const [folder, home, temporary] = ['project', 'home', 'tmp'].map((name) => join(top, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [folder, home, temporary]) mkdirSync(path);
  for (const [path, content] of Object.entries(files)) write(join(folder, path), content);
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], { cwd: folder });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', origin);
  git('add', '--all');
  git('commit', '--quiet', '--message=first');
  const start = (words: readonly string[], bin?: string) =>
    gitlabCiLocal(words, {
      cwd: folder,
      env: {
        PATH: [bin, process.env.PATH].filter(Boolean).join(':'),
        HOME: home,
        TMPDIR: temporary,
        GIT_CONFIG_NOSYSTEM: '1',
      },
    });
  return {
    folder,
    home,
    temporary,
    preview: () => start(['--preview']),
    run: async (job, { variables = {}, files = {}, bin } = {}) => {
      write(
        join(folder, '.gitlab-ci-local-variables.yml'),
        JSON.stringify({ ...variables, ...asFiles(files) }),
      );
      return await start(['--force-shell-executor', job], bin);
    },
    leftovers: () => readdirSync(temporary),
    [Symbol.dispose]: () => rmSync(top, { recursive: true, force: true }),
  };
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function asFiles(files: Readonly<Record<string, string>>): Record<string, unknown> {
  const entries = Object.entries(files).map(([name, content]) => [
    name,
    { type: 'file', values: { '*': content } },
  ]);
  return Object.fromEntries(entries);
}

const program = join(root, 'node_modules/gitlab-ci-local/dist/index.js');

async function gitlabCiLocal(
  words: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<LocalRun> {
  const child = spawn(process.execPath, [program, '--no-color', ...words], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [child.stdout, child.stderr].map((stream) => text(stream));
  const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
  return { code, log: (await Promise.all(said)).join('') };
}
