import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeRemnants, sessionAt, sessionsIn } from '../../src/system/find-sessions.ts';
import { removeSession } from '../../src/system/remove-session.ts';
import { createSession, type SessionFolder } from '../../src/system/session-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'find-sessions-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const { uid } = userInfo();

function make(created = 1000, folder: string | null = null): SessionFolder {
  return createSession({ root, folder, workspace: null, job: null, owner: null, now: new Date(created) });
}

describe('rule 19: a session is trusted', () => {
  test('when it is ours, and the folder that was marked', () => {
    const session = make();
    expect(sessionAt(session.path, uid)).toEqual(session);
  });

  test('not through a link', () => {
    symlinkSync(make().path, join(root, 'link'));
    expect(sessionAt(join(root, 'link'), uid)).toBeNull();
  });

  test('not when it is a copy, or another folder by its name', () => {
    const { path } = make();
    cpSync(path, join(root, 'copy'), { recursive: true });
    expect(sessionAt(join(root, 'copy'), uid)).toBeNull();
    renameSync(path, join(root, 'moved'));
    cpSync(join(root, 'moved'), path, { recursive: true });
    expect(sessionAt(path, uid)).toBeNull();
  });

  test('not without our marker', () => {
    const { path } = make();
    writeFileSync(join(path, 'session.json'), '{"marker":"another"}');
    expect(sessionAt(path, uid)).toBeNull();
    rmSync(join(path, 'session.json'));
    expect(sessionAt(path, uid)).toBeNull();
  });

  test('not when its record is a link', () => {
    const { path } = make();
    renameSync(join(path, 'session.json'), join(root, 'record'));
    symlinkSync(join(root, 'record'), join(path, 'session.json'));
    expect(sessionAt(path, uid)).toBeNull();
  });

  test('not when it is of another user', () => {
    expect(sessionAt(make().path, uid + 1)).toBeNull();
  });

  test.runIf(uid === 0)('not when somebody else may write its record', () => {
    const { path } = make();
    chownSync(join(path, 'session.json'), 12_345, 12_345);
    expect(sessionAt(path, uid)).toBeNull();
  });

  test('not where there is nothing, or a file', () => {
    writeFileSync(join(root, 'file'), '');
    expect(sessionAt(join(root, 'file'), uid)).toBeNull();
    expect(sessionAt(join(root, 'missing'), uid)).toBeNull();
  });
});

describe('the sessions of a temp folder', () => {
  test('newest first, those that lie elsewhere too', () => {
    const [first, third] = [make(1), make(3)];
    mkdirSync(join(root, 'elsewhere'));
    const second = make(2, join(root, 'elsewhere/mine'));
    mkdirSync(join(root, 'pipeline-credentials-mine'));
    expect(sessionsIn(root, uid).map(({ path }) => path)).toEqual([third.path, second.path, first.path]);
  });

  test('are gone with all that leads to them', () => {
    const [here, elsewhere] = [make(), make(2, join(root, 'mine'))];
    for (const session of [here, elsewhere]) removeSession(session, uid);
    expect(sessionsIn(root, uid)).toEqual([]);
    expect(existsSync(elsewhere.record.pointer ?? '')).toBe(false);
  });
});

describe('rule 19: removing', () => {
  test('does not follow links that tools put there', () => {
    const session = make();
    mkdirSync(join(root, 'precious'));
    writeFileSync(join(root, 'precious/file'), '');
    symlinkSync(join(root, 'precious'), join(session.path, 'link'));
    removeSession(session, uid);
    expect(existsSync(session.path)).toBe(false);
    expect(existsSync(join(root, 'precious/file'))).toBe(true);
  });

  test('leaves a folder alone that took its place', () => {
    const session = make();
    renameSync(session.path, join(root, 'moved'));
    mkdirSync(session.path);
    writeFileSync(join(session.path, 'file'), '');
    removeSession(session, uid);
    expect(existsSync(join(session.path, 'file'))).toBe(true);
  });

  test('takes a pointer only of our kind, and only to here', () => {
    const file = join(root, 'precious');
    writeFileSync(file, '');
    const session = make();
    removeSession({ ...session, record: { ...session.record, pointer: file } }, uid);
    expect(existsSync(file)).toBe(true);
  });
});

/** Removes a session as another user, and says how that went. */
function removeAs(path: string, user: number): string {
  const script = resolve(import.meta.dirname, 'remove-as-nobody.ts');
  return execFileSync(process.execPath, [script, path, `${user}`], { encoding: 'utf8' });
}

test.runIf(uid === 0)(
  'what another user put into one folder keeps neither the others nor the next try',
  () => {
    const nobody = 65_534;
    const { path } = make();
    for (const folder of ['docker/theirs', 'secret', 'containers']) {
      mkdirSync(join(path, folder), { recursive: true });
      writeFileSync(join(path, folder, 'file'), '');
    }
    const ours = ['', 'session.json', 'docker', 'secret', 'secret/file', 'containers', 'containers/file'];
    for (const name of ours) chownSync(join(path, name), nobody, nobody);
    chmodSync(root, 0o777);
    const remove = () => removeAs(path, nobody);
    expect(remove()).toBe('EACCES');
    expect(readdirSync(path).sort()).toEqual(['docker', 'session.json']);
    rmSync(join(path, 'docker/theirs'), { recursive: true });
    expect(remove()).toBe('removed');
    expect(existsSync(path)).toBe(false);
  },
);

test.runIf(uid === 0)(
  'folders that were closed to ourselves go too, and what links in them lead to stays',
  () => {
    const nobody = 65_534;
    const { path } = make();
    const precious = join(root, 'precious');
    mkdirSync(precious, { mode: 0o500 });
    for (const folder of ['docker/theirs', 'secret']) {
      mkdirSync(join(path, folder), { recursive: true });
      writeFileSync(join(path, folder, 'file'), '');
    }
    symlinkSync(precious, join(path, 'docker/theirs/link'));
    execFileSync('chown', ['-R', `${nobody}:${nobody}`, path, precious]);
    chmodSync(root, 0o777);
    for (const folder of ['docker/theirs', 'docker', 'secret', '']) chmodSync(join(path, folder), 0o500);
    chmodSync(join(path, 'secret'), 0);
    expect(removeAs(path, nobody)).toBe('removed');
    expect([existsSync(path), statSync(precious).mode & 0o777]).toEqual([false, 0o500]);
  },
);

test('what a killed setup left before it wrote its record goes when it is old, and only when it is empty', () => {
  const name = (digit: string) => join(root, `pipeline-credentials-${digit.repeat(32)}`);
  mkdirSync(name('a'));
  mkdirSync(name('b'));
  mkdirSync(name('c'));
  writeFileSync(join(name('b'), 'file'), '');
  writeFileSync(`${name('d')}.at`, `${join(root, 'missing')}\n`);
  const now = new Date();
  const old = new Date(now.getTime() - 2 * 3_600_000);
  for (const path of [name('a'), name('b'), `${name('d')}.at`]) utimesSync(path, old, old);
  removeRemnants(root, uid, now);
  expect(existsSync(name('a'))).toBe(false);
  expect(existsSync(`${name('d')}.at`)).toBe(false);
  expect(lstatSync(name('b')).isDirectory()).toBe(true);
  expect(lstatSync(name('c')).isDirectory()).toBe(true);
});
