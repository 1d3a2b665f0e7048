import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { JobContext } from '../../src/app/job-context.ts';
import { forOneCommand, type SetupRequest } from '../../src/app/setup/request.ts';
import { type Setup, setup } from '../../src/app/setup.ts';
import type { Fetch } from '../../src/core/http/fetch.ts';
import { readManifests } from '../../src/core/manifest/read.ts';
import type { Secret } from '../../src/core/secret.ts';
import { gitProviders } from '../../src/providers/index.ts';

/** A machine on which the use case `setup` runs as it does behind every door. */
export interface Machine extends Disposable {
  readonly root: string;
  readonly home: string;
  /** What steps start from. */
  readonly env: Record<string, string>;
  readonly masked: Set<string>;
  readonly warnings: string[];
  /** Exports what it signs in, as a runner does. */
  readonly setUp: (manifest: string, more?: Partial<SetupRequest>) => Promise<Setup>;
}

export function startMachine({ fetch }: { fetch?: Fetch } = {}): Machine {
  const root = mkdtempSync(join(tmpdir(), 'setup-test-'));
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
  };
  const masked = new Set<string>();
  const warnings: string[] = [];
  const mask = (forms: readonly Secret[]) => forms.forEach((form) => void masked.add(form.reveal()));
  const none = () => {};
  const context = (): JobContext => ({
    env,
    now: () => new Date(),
    cwd: root,
    job: {
      ci: 'none',
      id: null,
      workspace: null,
      temporaryFolder: root,
      repository: null,
      foreignEvent: null,
      token: null,
      withheld: null,
      isPublic: false,
    },
    voice: { mask, info: none, notice: none, warning: (text) => warnings.push(text), section: () => none },
    http: { fetch: fetch ?? nobody, prepare: none, close: none },
    signal: new AbortController().signal,
    self: {
      pid: process.pid,
      user: process.getuid?.() ?? null,
      execPath: process.execPath,
      execArgv: [],
      // Doors are at dist/NAME/index.js.
      script: resolve(import.meta.dirname, '../../dist/main/index.js'),
    },
  });
  return {
    root,
    home,
    env,
    masked,
    warnings,
    setUp: async (text, more = {}) => {
      const done = await setup({ ...request(text), ...more }, context());
      Object.assign(env, done.environment);
      return done;
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

function request(text: string): SetupRequest {
  const { manifest, problems } = readManifests([{ name: 'm', text, trust: 'trusted' }], gitProviders);
  if (manifest === null) throw new Error(JSON.stringify(problems, null, 1));
  return { ...forOneCommand, manifest };
}

const nobody: Fetch = async (url) => {
  throw new Error(`nobody is there: ${url}`);
};
