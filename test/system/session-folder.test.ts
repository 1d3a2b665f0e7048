import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { parseRecord } from '../../src/core/session/record.ts';
import {
  createSession,
  handOver,
  hashOf,
  type SessionPlace,
  writeSessionFile,
  writeUndo,
} from '../../src/system/session-folder.ts';

let root: string;
let mask: number;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'session-folder-'));
  mask = process.umask(0o077);
});
afterEach(() => {
  process.umask(mask);
  rmSync(root, { recursive: true });
});

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const owner = { boot: 'b', namespace: 'n', pid: 4711, started: '1' };

function place(more: Partial<SessionPlace> = {}): SessionPlace {
  return { root, folder: null, workspace: null, job: 'job-1', owner, now: new Date(1000), ...more };
}

describe('rule 18: a session folder', () => {
  test('has a name of 128 random bits, another one each time', () => {
    const names = [createSession(place()), createSession(place())].map(({ path }) => path);
    for (const name of names) expect(name).toMatch(/\/pipeline-credentials-[0-9a-f]{32}$/);
    expect(new Set(names).size).toBe(2);
  });

  test('is open for passing through, secrets are for us alone, whatever the umask', () => {
    for (const umask of [0o077, 0]) {
      process.umask(umask);
      const session = createSession(place());
      writeSessionFile(session, { name: 'secret/1', content: new Secret('canary-secret') });
      writeSessionFile(session, { name: 'gitconfig', content: '' });
      expect(mode(session.path)).toBe('711');
      expect(mode(join(session.path, 'secret'))).toBe('700');
      expect(mode(join(session.path, 'secret/1'))).toBe('600');
      expect(mode(join(session.path, 'gitconfig'))).toBe('644');
      expect(mode(join(session.path, 'session.json'))).toBe('600');
    }
  });

  test('carries our marker, its owner, its job and which folder it is', () => {
    const { path } = createSession(place());
    const { ino, dev } = statSync(path, { bigint: true });
    expect(parseRecord(readFileSync(join(path, 'session.json'), 'utf8'))).toEqual({
      identity: { device: String(dev), inode: String(ino) },
      owner,
      job: 'job-1',
      created: 1000,
      pointer: null,
    });
  });

  test('of a name of your own must not exist', () => {
    const folder = join(root, 'mine');
    expect(createSession(place({ folder })).path).toBe(folder);
    expect(() => createSession(place({ folder }))).toThrow('exists already');
    symlinkSync(join(root, 'nowhere'), join(root, 'link'));
    expect(() => createSession(place({ folder: join(root, 'link') }))).toThrow('exists already');
  });

  test('is not made in the workspace, by no detour', () => {
    const workspace = join(root, 'workspace');
    mkdirSync(join(workspace, 'sub'), { recursive: true });
    symlinkSync(join(workspace, 'sub'), join(root, 'detour'));
    for (const folder of [join(workspace, 'mine'), join(workspace, 'sub/mine'), join(root, 'detour/mine')]) {
      expect(() => createSession(place({ folder, workspace }))).toThrow('lies in the workspace');
    }
    expect(() => createSession(place({ root: join(root, 'detour'), workspace }))).toThrow(
      'temp folder lies in the workspace',
    );
    expect(readdirSync(workspace)).toEqual(['sub']);
    expect(existsSync(createSession(place({ folder: join(root, 'workspace-2'), workspace })).path)).toBe(
      true,
    );
  });
});

test('one that lies elsewhere is found from the temp folder', () => {
  const temp = join(root, 'temp');
  mkdirSync(temp);
  const { record, path } = createSession(place({ root: temp, folder: join(root, 'mine') }));
  expect(readdirSync(temp)).toHaveLength(1);
  expect(readFileSync(record.pointer ?? '', 'utf8')).toBe(`${path}\n`);
});

test('a folder that cannot be made is a failure with a hint', () => {
  expect(() => createSession(place({ root: join(root, 'missing') }))).toThrow('cannot be used');
  const failing = () => createSession(place({ folder: join(root, 'missing/mine') }));
  expect(failing).toThrow(expect.objectContaining({ code: 'session-failed' }));
});

test('is handed over by a new record of the same folder', () => {
  const session = createSession(place());
  handOver(session, { ...owner, pid: 1 });
  const record = parseRecord(readFileSync(join(session.path, 'session.json'), 'utf8'));
  expect(record).toEqual({ ...session.record, owner: { ...owner, pid: 1 } });
});

test('a handle says what may be undone', () => {
  const session = createSession(place());
  const handle = writeUndo(session, {
    variables: {},
    dockerHome: null,
    makesDockerFolder: false,
    gitHome: null,
  });
  expect(handle).toEqual({
    folder: session.path,
    identity: session.record.identity,
    undo: hashOf(readFileSync(join(session.path, 'undo.json'), 'utf8')),
  });
});
