import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Cleanup, type CleanupRequest, cleanup } from '../../src/app/cleanup.ts';
import { beginSession, type OpenSession } from '../../src/app/session.ts';
import { Secret } from '../../src/core/secret.ts';
import { renderRecord } from '../../src/core/session/record.ts';
import type { Revocation } from '../../src/core/session/revocation.ts';
import { identityOf } from '../../src/system/session-folder.ts';
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

function cleanUp(more: Partial<CleanupRequest> = {}): Promise<Cleanup> {
  const which = { kind: 'all', job: 'job-1' } as const;
  return cleanup({ which, root: job.root, env: job.env, user: uid, revoke: async () => [], ...more });
}

const of = ({ handle }: OpenSession) => ({ kind: 'handle', handle }) as const;

describe('cleanup', () => {
  test('puts every variable back as it was', async () => {
    Object.assign(job.env, {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'a.b',
      GIT_CONFIG_VALUE_0: 'c',
      DOCKER_CONFIG: join(job.root, 'd'),
    });
    const before = { ...job.env };
    await job.setUp({ samples });
    expect(job.env).not.toEqual(before);
    await job.cleanUp();
    expect(job.env).toEqual(before);
  });

  test('leaves a variable that somebody else changed meanwhile', async () => {
    await job.setUp({ samples });
    job.env.DOCKER_CONFIG = '/their/own';
    const { restore } = await cleanUp();
    expect(restore).not.toHaveProperty('DOCKER_CONFIG');
    expect(restore).toHaveProperty('REGISTRY_AUTH_FILE', null);
  });

  test('twice, or with nothing to do, does nothing', async () => {
    const open = await job.setUp({ samples });
    expect((await cleanUp({ which: of(open) })).removed).toEqual([open.handle.folder]);
    const nothing = { removed: [], restore: {}, warnings: [] };
    expect(await cleanUp({ which: of(open) })).toEqual(nothing);
    expect(await cleanUp()).toEqual(nothing);
    expect(await cleanUp({ which: { kind: 'folder', folder: '/nowhere' } })).toEqual(nothing);
  });

  test('of a job takes its sessions, whoever made them, and no others', async () => {
    const one = await job.setUp({ samples });
    const other = await beginSession({ ...requestIn(job.root, {}), job: 'job-2' }).write(
      scene({ samples }),
      [],
    );
    const lost = await beginSession(requestIn(job.root, {})).write(scene({ samples }), []);
    const { removed } = await cleanUp({ env: {} });
    expect([...removed].sort()).toEqual([one.handle.folder, lost.handle.folder].sort());
    expect(existsSync(other.handle.folder)).toBe(true);
  });

  test('outside a CI takes the exported session and the ones before it', async () => {
    const first = await job.setUp({ samples }, { job: null });
    const second = await job.setUp({ samples }, { job: null });
    const { removed, restore } = await cleanUp({ which: { kind: 'all', job: null } });
    expect([...removed].sort()).toEqual([first.handle.folder, second.handle.folder].sort());
    expect(restore.PIPELINE_CREDENTIALS_SESSION).toBeNull();
  });

  test('of one folder takes that one', async () => {
    const first = await job.setUp({ samples });
    const second = await job.setUp({ samples });
    const { removed, restore } = await cleanUp({ which: { kind: 'folder', folder: second.handle.folder } });
    expect(removed).toEqual([second.handle.folder]);
    expect(restore.PIPELINE_CREDENTIALS_SESSION).toBe(first.handle.folder);
    expect(restore.GIT_CONFIG_VALUE_0).toBe(join(first.handle.folder, 'gitconfig'));
  });
});

describe('rule 19: a post step', () => {
  test('ends only the folder that main made', async () => {
    const one = await job.setUp({ samples });
    const forged = { ...one.handle, identity: { ...one.handle.identity, inode: '1' } };
    expect((await cleanUp({ which: { kind: 'handle', handle: forged } })).removed).toEqual([]);
    expect(existsSync(one.handle.folder)).toBe(true);
  });

  test('undoes only what main wrote down, but removes the folder all the same', async () => {
    const open = await job.setUp({ samples });
    const file = join(open.handle.folder, 'undo.json');
    const changes = { variables: { PATH: { before: '/evil', after: job.env.PATH } }, dockerHome: null };
    writeFileSync(file, JSON.stringify(changes));
    const { restore, warnings, removed } = await cleanUp({ which: of(open) });
    expect(restore).toEqual({});
    expect(warnings).toHaveLength(1);
    expect(removed).toEqual([open.handle.folder]);
  });

  test('touches no file of a home that the record names but docker did not', async () => {
    const precious = join(job.home, 'precious');
    writeFileSync(precious, '');
    const open = await job.setUp({ samples });
    const file = join(open.handle.folder, 'undo.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), dockerHome: precious }));
    await cleanUp({ which: { kind: 'folder', folder: open.handle.folder } });
    expect(existsSync(precious)).toBe(true);
  });

  test('finds its way without the environment', async () => {
    const open = await job.setUp({ samples });
    expect((await cleanUp({ which: of(open), env: {}, root: '/nowhere' })).removed).toEqual([
      open.handle.folder,
    ]);
  });
});

describe('rule 19: a session that somebody else planted in the temp folder', () => {
  /** One of a dead owner, as a container that has the temp folder could make it. */
  function plant(undo: object | null): string {
    const folder = join(job.root, `pipeline-credentials-${'a'.repeat(32)}`);
    mkdirSync(folder);
    const owner = { boot: 'another', namespace: 'another', pid: 1, started: '0' };
    const record = { identity: identityOf(folder), owner, job: 'job-1', created: 0, pointer: null };
    writeFileSync(join(folder, 'session.json'), renderRecord(record));
    if (undo !== null) writeFileSync(join(folder, 'undo.json'), JSON.stringify(undo));
    return folder;
  }

  const sweep = () => beginSession(requestIn(job.root, job.env)).abandon();

  test.each([
    ['the sweep', sweep],
    ['cleanup', () => cleanUp()],
  ])('%s undoes nothing in another home, where links lead elsewhere', async (_name, end) => {
    const home = join(job.root, 'planted');
    const file = join(home, '.gitconfig');
    const lock = `${file}.pipeline-credentials`;
    const precious = join(job.root, 'precious');
    const folder = plant({ variables: {}, dockerHome: null, gitHome: lock });
    mkdirSync(home);
    writeFileSync(precious, 'precious\n');
    symlinkSync(precious, file);
    const edit = { original: 'evil\n', written: 'precious\n', line: '' };
    writeFileSync(lock, JSON.stringify({ session: folder, identity: {}, edit, mode: 0o600 }));
    await end();
    expect(readFileSync(precious, 'utf8')).toBe('precious\n');
    expect(existsSync(folder)).toBe(false);
  });

  test('sets no variable whose name a shell would run', async () => {
    const name = 'A;touch evil;';
    const folder = plant({ variables: { [name]: { before: null, after: 'x' } }, dockerHome: null });
    const { restore } = await cleanUp({ which: { kind: 'folder', folder }, env: { [name]: 'x' } });
    expect(restore).toEqual({});
  });

  test('sets no variable that no setup exports', async () => {
    const change = { before: '/evil', after: '/usr/bin' };
    const folder = plant({ variables: { PATH: change }, dockerHome: null });
    const { restore, removed } = await cleanUp({
      which: { kind: 'folder', folder },
      env: { PATH: change.after },
    });
    expect([restore, removed]).toEqual([{}, [folder]]);
  });

  test('sets no variable back unless the environment leads to it', async () => {
    const { handle, environment } = await job.setUp({ samples });
    const changes = Object.entries(environment).map(([name, after]) => [name, { before: 'evil', after }]);
    const folder = plant({ variables: Object.fromEntries(changes), dockerHome: null });
    const file = join(folder, 'session.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), created: 1e15 }));
    const { restore, removed } = await cleanUp();
    expect(removed).toEqual([folder, handle.folder]);
    expect(Object.values(restore)).not.toContain('evil');
    expect(restore.PIPELINE_CREDENTIALS_SESSION).toBeNull();
  });

  test.each(['undo.json', 'secret/revoke.json'])(
    'waits for nobody to write to a pipe at %s',
    async (name) => {
      const folder = plant(null);
      mkdirSync(join(folder, 'secret'));
      execFileSync('mkfifo', [join(folder, name)]);
      expect((await cleanUp()).removed).toEqual([folder]);
    },
  );
});

describe('tokens', () => {
  const tokens = ['canary-one', 'canary-two'].map((text) => ({
    api: 'https://api.github.com',
    token: new Secret(text),
  }));

  async function setUp(): Promise<OpenSession> {
    return beginSession(requestIn(job.root, job.env)).write(scene({ samples }), tokens);
  }

  test('are revoked after the folder is gone', async () => {
    const { handle } = await setUp();
    const seen: unknown[] = [];
    const revoke = async (given: readonly Revocation[]) => {
      seen.push(existsSync(handle.folder), ...given.map(({ api, token }) => `${api} ${token.reveal()}`));
      return [];
    };
    expect((await cleanUp({ revoke })).warnings).toEqual([]);
    expect(seen).toEqual([false, 'https://api.github.com canary-one', 'https://api.github.com canary-two']);
  });

  test('that could not be revoked are told, and fail nothing', async () => {
    await setUp();
    const some = await cleanUp({ revoke: async (given) => given.slice(1) });
    expect(some.warnings).toEqual(['1 of 2 tokens could not be revoked; they end by themselves.']);
    await setUp();
    const none = await cleanUp({ revoke: () => Promise.reject(new Error('canary')) });
    expect(none.warnings).toEqual(['2 of 2 tokens could not be revoked; they end by themselves.']);
  });

  test('a record that is broken revokes nothing', async () => {
    const { handle } = await setUp();
    writeFileSync(join(handle.folder, 'secret/revoke.json'), '[{"api":1},');
    expect(await cleanUp({ revoke: () => Promise.reject(new Error('asked')) })).toMatchObject({
      warnings: [],
    });
  });
});

test('a session whose files somebody removed is removed as well', async () => {
  const { handle } = await job.setUp({ samples });
  rmSync(join(handle.folder, 'secret'), { recursive: true });
  rmSync(join(handle.folder, 'undo.json'));
  const { removed } = await cleanUp();
  expect(removed).toEqual([handle.folder]);
});
