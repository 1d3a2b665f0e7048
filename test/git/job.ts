import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Cleanup, cleanup } from '../../src/app/cleanup.ts';
import { beginSession, type OpenSession, type SessionRequest } from '../../src/app/session.ts';
import { type SceneOptions, scene } from '../core/session/scene.ts';
import { type Outcome, run } from './run.ts';

export type { Outcome } from './run.ts';

type Surroundings = { cwd?: string; env?: Record<string, string>; input?: string };

/** A machine with a HOME of its own on which setups are run, and then real programs. */
export interface Job extends Disposable {
  readonly root: string;
  readonly home: string;
  /** Of the later steps: what the setups exported included. */
  readonly env: Record<string, string>;
  /** Appends to the user's `~/.gitconfig`. */
  readonly configure: (text: string) => void;
  /** Signs in for the rest of the job. */
  readonly setUp: (options: SceneOptions, more?: Partial<SessionRequest>) => Promise<OpenSession>;
  /** Ends all sessions of the job. */
  readonly cleanUp: () => Promise<Cleanup>;
  readonly git: (words: readonly string[], more?: Surroundings) => Promise<Outcome>;
  readonly run: (program: string, words: readonly string[], more?: Surroundings) => Promise<Outcome>;
}

const { uid } = userInfo();

export function startJob(): Job {
  const root = mkdtempSync(join(tmpdir(), 'session-test-'));
  const home = join(root, 'home');
  mkdirSync(home);
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.com',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.com',
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: 'echo used ssh >&2; false',
    GIT_SSH_VARIANT: 'ssh',
  };
  const program: Job['run'] = (name, words, more = {}) =>
    run(name, words, { cwd: root, ...more, env: { ...env, ...more.env } });
  return {
    root,
    home,
    env,
    configure: (text) => writeFileSync(join(home, '.gitconfig'), text, { flag: 'a' }),
    setUp: async (options, more = {}) => {
      const session = beginSession({ ...requestIn(root, env), ...more });
      const open = await session.write(scene(options), []);
      Object.assign(env, open.environment);
      return open;
    },
    cleanUp: async () => {
      const which = { kind: 'all', job: 'job-1' } as const;
      const done = await cleanup({ which, root, env, user: uid, revoke: async () => [] });
      for (const [name, value] of Object.entries(done.restore)) {
        if (value === null) delete env[name];
        else env[name] = value;
      }
      return done;
    },
    git: (words, more) => program('git', words, more),
    run: program,
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** What a setup in a CI job asks for. */
export function requestIn(root: string, env: SessionRequest['env']): SessionRequest {
  return {
    root,
    folder: null,
    workspace: null,
    job: 'job-1',
    now: new Date(),
    env,
    secretVariables: new Set(),
    pid: process.pid,
    user: uid,
    within: 'command',
    git: 'private',
    docker: 'private',
    signer: null,
    remember: () => {},
  };
}
