import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { takeLock } from '../../src/system/lock-file.ts';
import { ownerOf } from '../../src/system/owner.ts';
import { processTable } from '../../src/system/process-table.ts';
import { makeFolder } from '../app/keeping/folder.ts';

test('a second one is kept out until the first lets go', () => {
  using folder = makeFolder();
  const path = folder.file('state/x.lock');
  const lock = takeLock(path, process.pid, 'x is done');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(() => takeLock(path, process.pid, 'x is done')).toThrow(
    /^x is done already: another process holds .*x\.lock\.$/,
  );
  lock.release();
  expect(existsSync(path)).toBe(false);
  takeLock(path, process.pid, 'x is done').release();
});

test('what a dead process left is taken over, what a living one holds is not', async () => {
  using folder = makeFolder();
  const path = folder.file('x.lock');
  const other = spawn('sleep', ['60']);
  const living = JSON.stringify(ownerOf(other.pid ?? 0, processTable()));
  writeFileSync(path, living);
  expect(() => takeLock(path, process.pid, 'x')).toThrow(/already/);
  expect(readFileSync(path, 'utf8')).toBe(living);
  const ended = new Promise((resolve) => other.once('close', resolve));
  other.kill('SIGKILL');
  await ended;
  takeLock(path, process.pid, 'x').release();
});

test('a lock that says nothing is left to a person', () => {
  using folder = makeFolder();
  const path = folder.write('x.lock', 'nonsense');
  expect(() => takeLock(path, process.pid, 'x')).toThrow(/already/);
});

test('of many that take over a dead one at once, one gets it', () => {
  using folder = makeFolder();
  const dead = spawnSync('true');
  const owner = ownerOf(process.pid, processTable());
  const path = folder.write('x.lock', JSON.stringify({ ...owner, pid: dead.pid, started: '1' }));
  const got = Array.from({ length: 5 }, () => {
    try {
      return takeLock(path, process.pid, 'x');
    } catch {
      return null;
    }
  });
  expect(got.filter((lock) => lock !== null)).toHaveLength(1);
});

test('a place that takes no lock is told as such', () => {
  using folder = makeFolder();
  folder.write('file', '');
  expect(() => takeLock(folder.file('file/lock'), process.pid, 'x is being rotated')).toThrow(
    /file\/lock cannot be written/,
  );
});
