import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Location } from '../../src/core/location.ts';
import { Secret } from '../../src/core/secret.ts';
import { planSession } from '../../src/core/session/plan.ts';
import { createSession, removeSession, writeSession } from '../../src/system/session-folder.ts';
import { type GitServer, makeRepository, startGitServer } from './git-server.ts';

const run = promisify(execFile);
let root: string;
let server: GitServer;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'session-test-'));
  makeRepository(join(root, 'repositories'), 'acme/app');
  makeRepository(join(root, 'repositories'), 'acme/other');
  server = await startGitServer(join(root, 'repositories'), {
    'x-access-token:canary-of-acme': ['/acme/app'],
  });
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

function at(...segments: string[]): Location {
  return { scheme: 'http', host: new URL(server.url).host, segments };
}

describe('a session', () => {
  test('signs git in, and is gone when removed', async () => {
    const home = join(root, 'home');
    mkdirSync(home);
    const env = { PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
    const folder = createSession(root);
    const plan = planSession({
      folder,
      env,
      blocked: [],
      grants: [
        {
          credential: 'acme',
          login: { username: 'x-access-token', password: new Secret('canary-of-acme') },
          git: [
            {
              location: at('acme', 'app'),
              kind: 'repository',
              bare: false,
              rewrites: [{ from: 'git@forge:acme/app.git', to: `${server.url}/acme/app.git` }],
            },
          ],
          registries: [],
          access: 'read',
          expiresAt: null,
        },
      ],
    });
    writeSession(folder, plan);
    const withSession = { ...env, ...plan.environment };

    for (const url of [`${server.url}/acme/app`, `${server.url}/acme/app.git`, 'git@forge:acme/app.git']) {
      const { stdout } = await run('git', ['ls-remote', url], { env: withSession });
      expect(stdout).toMatch(/\trefs\/heads\/main\n$/);
    }
    await expect(
      run('git', ['ls-remote', `${server.url}/acme/other`], { env: withSession }),
    ).rejects.toThrow();

    removeSession(folder);
    expect(existsSync(folder)).toBe(false);
    await expect(
      run('git', ['ls-remote', `${server.url}/acme/app`], { env: { ...withSession } }),
    ).rejects.toThrow();
  });
});
