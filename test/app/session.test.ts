import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginSession } from '../../src/app/session.ts';
import { sessionsIn } from '../../src/system/find-sessions.ts';
import { scene } from '../core/session/scene.ts';
import { type Job, requestIn, startJob } from '../git/job.ts';

let job: Job;
beforeEach(() => {
  job = startJob();
});
afterEach(() => job[Symbol.dispose]());

const { uid } = userInfo();
const samples = [
  { name: 'acme', url: 'https://github.com/acme' },
  { name: 'ghcr', provider: 'registry', registries: ['ghcr.io'] },
] as const;
const sessions = () => readdirSync(job.root).filter((name) => name.startsWith('pipeline-credentials-'));
const secrets = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe('a setup', () => {
  test('writes nothing in HOME', async () => {
    await job.setUp({ samples });
    expect(readdirSync(job.home)).toEqual([]);
  });

  test('keeps what holds a secret for us alone, in folders for us alone', async () => {
    const { handle } = await job.setUp({ samples });
    for (const { name, parentPath } of secrets(handle.folder)) {
      const text = readFileSync(join(parentPath, name), 'utf8');
      if (!/canary|Y2FuYXJ5|eC1hY2Nlc3MtdG9rZW46/.test(text)) continue;
      expect([name, statSync(join(parentPath, name)).mode & 0o777]).toEqual([name, 0o600]);
      expect([parentPath, statSync(parentPath).mode & 0o077]).toEqual([parentPath, 0]);
    }
  });

  test('remembers how to undo it before it writes a secret', async () => {
    const before: string[] = [];
    const session = beginSession({
      ...requestIn(job.root, job.env),
      remember: ({ folder }) => void before.push(...readdirSync(folder)),
    });
    await session.write(scene({ samples }), []);
    expect(before.sort()).toEqual(['session.json', 'undo.json']);
  });

  test('keeps builders, contexts and plugins of docker within reach', async () => {
    mkdirSync(join(job.home, '.docker/contexts/meta'), { recursive: true });
    mkdirSync(join(job.home, '.docker/cli-plugins'));
    writeFileSync(join(job.home, '.docker/contexts/meta/remote'), 'remote');
    writeFileSync(join(job.home, '.docker/config.json'), '{"currentContext":"remote"}');
    const { environment } = await job.setUp({ samples });
    const folder = environment.DOCKER_CONFIG ?? '';
    expect(readFileSync(join(folder, 'contexts/meta/remote'), 'utf8')).toBe('remote');
    expect(readdirSync(folder).sort()).toContain('cli-plugins');
    expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toMatchObject({
      currentContext: 'remote',
    });
    await job.cleanUp();
    expect(existsSync(join(job.home, '.docker/contexts/meta/remote'))).toBe(true);
  });

  test('rule 21: children get no secret of ours', async () => {
    const tools = join(job.root, 'tools');
    mkdirSync(tools);
    writeFileSync(
      join(tools, 'docker-credential-spy'),
      `#!/bin/sh\nenv > ${join(job.root, 'seen')}\necho '{"quay.io":"x"}'`,
    );
    chmodSync(join(tools, 'docker-credential-spy'), 0o755);
    mkdirSync(join(job.home, '.docker'));
    writeFileSync(join(job.home, '.docker/config.json'), '{"credsStore":"spy"}');
    Object.assign(job.env, {
      PATH: `${tools}:${job.env.PATH}`,
      INPUT_MANIFEST: 'canary-input',
      PIPELINE_CREDENTIALS: 'canary-manifest',
      ACME_TOKEN: 'canary-token',
      OTHER: 'harmless',
    });
    const { environment } = await job.setUp({ samples }, { secretVariables: new Set(['ACME_TOKEN']) });
    const seen = readFileSync(join(job.root, 'seen'), 'utf8');
    expect(seen).toContain('OTHER=harmless');
    expect(seen).not.toContain('canary');
    const config = JSON.parse(readFileSync(join(environment.DOCKER_CONFIG ?? '', 'config.json'), 'utf8'));
    expect(config.credHelpers).toEqual({ 'quay.io': 'spy' });
  });

  test('that cannot write leaves nothing, and says which kind of error it was', async () => {
    const session = beginSession({ ...requestIn(job.root, job.env) });
    // A folder where a file should be.
    mkdirSync(join(session.folder, 'gitconfig'));
    await expect(session.write(scene({ samples }), [])).rejects.toThrow(
      expect.objectContaining({ code: 'session-failed', message: expect.stringContaining('EISDIR') }),
    );
    expect(sessions()).toEqual([]);
  });

  test('that is abandoned leaves nothing', () => {
    beginSession(requestIn(job.root, job.env)).abandon();
    expect(sessions()).toEqual([]);
  });

  test('signs in to git alone, or to registries alone', async () => {
    const git = await job.setUp({ samples }, { docker: 'none' });
    expect(git.environment).not.toHaveProperty('DOCKER_CONFIG');
    const docker = await job.setUp({ samples }, { git: 'none' });
    expect(docker.environment).not.toHaveProperty('GIT_CONFIG_COUNT');
  });
});

test('ten at once with one HOME are ten sessions', async () => {
  writeFileSync(join(job.home, '.gitconfig'), '[user]\n\tname = me\n');
  const opened = await Promise.all(
    Array.from({ length: 10 }, async (_none, index) => {
      const session = beginSession({ ...requestIn(job.root, job.env), job: `job-${index}` });
      return session.write(scene({ samples: [{ name: `c${index}`, url: 'https://github.com/acme' }] }), []);
    }),
  );
  const fill = async (env: Readonly<Record<string, string>>) =>
    (await job.git(['credential', 'fill'], { env: { ...env }, input: 'url=https://github.com/acme/x\n\n' }))
      .output;
  for (const [index, { environment }] of opened.entries()) {
    expect(await fill(environment)).toContain(`password=canary-c${index}\n`);
  }
  expect(sessionsIn(job.root, uid)).toHaveLength(10);
  expect(readdirSync(job.home)).toEqual(['.gitconfig']);
});

describe('rule 24: docker: home', () => {
  const file = () => join(job.home, '.docker/config.json');

  test("is undone by cleanup, with others' edits kept", async () => {
    mkdirSync(join(job.home, '.docker'));
    writeFileSync(file(), '{"auths":{"quay.io":{"auth":"x"}}}');
    const { environment, warnings } = await job.setUp({ samples }, { docker: 'home' });
    expect(environment).not.toHaveProperty('DOCKER_CONFIG');
    expect(warnings.join()).toContain('docker: home');
    expect(Object.keys(JSON.parse(readFileSync(file(), 'utf8')).auths)).toEqual(['quay.io', 'ghcr.io']);
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('"x"', '"y"'));
    await job.cleanUp();
    expect(readFileSync(file(), 'utf8')).toBe('{"auths":{"quay.io":{"auth":"y"}}}');
  });

  test('a second session beside it is refused and leaves nothing', async () => {
    await job.setUp({ samples }, { docker: 'home' });
    const other = { docker: 'home', job: 'job-2' } as const;
    await expect(job.setUp({ samples }, other)).rejects.toThrow('Another job has signed in');
    expect(sessions()).toHaveLength(1);
    await job.cleanUp();
    expect(readdirSync(job.home)).toEqual([]);
  });

  test('abandoning never throws: tokens are to be revoked after it', async () => {
    mkdirSync(join(job.home, '.docker'));
    const session = beginSession({ ...requestIn(job.root, job.env), docker: 'home' });
    await session.write(scene({ samples }), []);
    rmSync(file());
    mkdirSync(file());
    expect(() => session.abandon()).not.toThrow();
    expect(sessions()).toEqual([]);
  });

  test('what a session left whose folder is gone is undone by the next setup', async () => {
    const { handle } = await job.setUp({ samples }, { docker: 'home' });
    rmSync(handle.folder, { recursive: true });
    await job.setUp({ samples: samples.slice(0, 1) });
    expect(readdirSync(job.home)).toEqual([]);
  });
});

test('a session folder that a link leads to is none', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'session-elsewhere-'));
  symlinkSync(elsewhere, join(job.root, `pipeline-credentials-${'0'.repeat(32)}`));
  writeFileSync(join(elsewhere, 'precious'), '');
  await job.setUp({ samples });
  await job.cleanUp();
  expect(existsSync(join(elsewhere, 'precious'))).toBe(true);
  rmSync(elsewhere, { recursive: true });
});

test('what a token file holds is what git expects', async () => {
  const { handle } = await job.setUp({ samples });
  expect(readFileSync(join(handle.folder, 'secret/1'), 'utf8')).toBe(
    'username=x-access-token\npassword=canary-acme\n',
  );
});
