import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { changeDockerHome, type DockerHomeChange, dockerHome } from '../../src/system/docker-home.ts';
import { holderOf, lockOf, undoHomeFile } from '../../src/system/home-file.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'docker-home-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const file = () => join(home, '.docker/config.json');
const read = () => readFileSync(file(), 'utf8');
const session = { path: '/tmp/session', identity: { device: '1', inode: '2' } };
const login = { auth: 'b3VyczpjYW5hcnk=' };

function put(text: string, mode = 0o600): void {
  mkdirSync(join(home, '.docker'), { recursive: true });
  writeFileSync(file(), text);
  chmodSync(file(), mode);
}

function change(more: Partial<DockerHomeChange> = {}): void {
  const want = (config: JsonObject | null) => ({ ...config, auths: { 'ghcr.io': login } });
  changeDockerHome({ home, session, want, isAlive: () => true, ...more });
}

describe("rule 24: docker's own file", () => {
  test.each(['{ "a" :1 }', '{\n\t"a": 1\n}\n', '{}', '{"auths":{"quay.io":{}}}'])(
    '%j is changed, and undone to the byte',
    (text) => {
      put(text, 0o644);
      change();
      expect(JSON.parse(read())).toMatchObject({ auths: { 'ghcr.io': login } });
      expect((statSync(file()).mode & 0o777).toString(8)).toBe('600');
      undoHomeFile(dockerHome, home);
      expect(read()).toBe(text);
      expect((statSync(file()).mode & 0o777).toString(8)).toBe('644');
      expect(readdirSync(join(home, '.docker'))).toEqual(['config.json']);
    },
  );

  test('where there was none, nothing is left, the folder neither', () => {
    change();
    expect(existsSync(file())).toBe(true);
    undoHomeFile(dockerHome, home);
    expect(readdirSync(home)).toEqual([]);
  });

  test('what others put beside it stays', () => {
    change();
    writeFileSync(join(home, '.docker/theirs'), '');
    undoHomeFile(dockerHome, home);
    expect(readdirSync(join(home, '.docker'))).toEqual(['theirs']);
  });

  test('one that is a link stays one', () => {
    writeFileSync(join(home, 'dotfile'), '{}');
    mkdirSync(join(home, '.docker'));
    symlinkSync(join(home, 'dotfile'), file());
    change();
    expect(readFileSync(join(home, 'dotfile'), 'utf8')).toContain('ghcr.io');
    undoHomeFile(dockerHome, home);
    expect(readFileSync(join(home, 'dotfile'), 'utf8')).toBe('{}');
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
  });

  test('is for one session at a time', () => {
    put('{}');
    change();
    const changed = read();
    expect(() => change()).toThrow('Another job has signed in');
    expect(read()).toBe(changed);
    undoHomeFile(dockerHome, home);
    expect(read()).toBe('{}');
  });

  test('what a dead session left is undone first', () => {
    put('{"a": 1}');
    change();
    change({ isAlive: () => false, session: { ...session, path: '/tmp/second' } });
    expect(holderOf(dockerHome, home)?.path).toBe('/tmp/second');
    undoHomeFile(dockerHome, home);
    expect(read()).toBe('{"a": 1}');
  });

  test('that is no JSON is left alone', () => {
    put('{');
    expect(() => change()).toThrow('is no JSON');
    expect(read()).toBe('{');
    expect(existsSync(lockOf(dockerHome, home))).toBe(false);
  });

  test('undoing twice, or what was never done, does nothing', () => {
    put('{}');
    undoHomeFile(dockerHome, home);
    change();
    undoHomeFile(dockerHome, home);
    undoHomeFile(dockerHome, home);
    expect(read()).toBe('{}');
  });

  test('the lock, which holds what the file held, is for us alone', () => {
    put('{}');
    change();
    expect((statSync(lockOf(dockerHome, home)).mode & 0o777).toString(8)).toBe('600');
  });

  test('one that others deleted meanwhile stays deleted', () => {
    put('{}');
    change();
    rmSync(file());
    undoHomeFile(dockerHome, home);
    expect(readdirSync(join(home, '.docker'))).toEqual([]);
  });
});
