import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitMeans } from '../../src/core/session/git-answers.ts';
import type { WrittenSection } from '../../src/core/session/git-config.ts';
import { planSession, type SessionPlan } from '../../src/core/session/plan.ts';
import { createSession, removeSession, writeSession } from '../../src/system/session-folder.ts';
import { type SceneOptions, scene } from '../core/session/scene.ts';

/** How git ended and what it printed on both streams. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** A machine with a HOME of its own on which setups are run, and then real git. */
export interface Job extends Disposable {
  readonly root: string;
  readonly home: string;
  /** Of the later steps: what the setups exported included. */
  readonly env: Record<string, string>;
  /** Appends to the user's `~/.gitconfig`. */
  readonly configure: (text: string) => void;
  /** Signs in for the rest of the job. */
  readonly setUp: (
    options: SceneOptions & { readonly means?: GitMeans },
  ) => SessionPlan & { readonly folder: string };
  readonly git: (
    words: readonly string[],
    more?: { cwd?: string; env?: Record<string, string>; input?: string },
  ) => Promise<Outcome>;
}

export function startJob(): Job {
  const root = mkdtempSync(join(tmpdir(), 'session-test-'));
  const home = join(root, 'home');
  mkdirSync(home);
  const author = { GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@example.com' };
  const committer = { GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@example.com' };
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    ...author,
    ...committer,
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: 'echo used ssh >&2; false',
  };
  const folders: string[] = [];
  let earlier: readonly WrittenSection[] = [];
  return {
    root,
    home,
    env,
    configure: (text) => writeFileSync(join(home, '.gitconfig'), text, { flag: 'a' }),
    setUp: (options) => {
      const folder = createSession(root);
      const means = options.means === undefined ? {} : { means: options.means };
      const plan = planSession({ ...scene(options), folder, env, earlier, ...means });
      writeSession(folder, plan);
      folders.push(folder);
      earlier = plan.git;
      Object.assign(env, plan.environment);
      return { ...plan, folder };
    },
    git: (words, more = {}) => run(words, { cwd: root, ...more, env: { ...env, ...more.env } }),
    [Symbol.dispose]: () => {
      for (const folder of folders) removeSession(folder);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function run(
  words: readonly string[],
  { input, ...options }: { cwd: string; env: Record<string, string>; input?: string },
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile('git', words, options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    );
    // It may end before it has read anything.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}
