import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureFolder } from '../../src/system/ensure-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ensure-folder-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('makes what is missing on the way, and says whether it made any', () => {
  const path = join(root, 'a', 'b', 'c');
  expect([ensureFolder(path, 0o700), ensureFolder(path, 0o700)]).toEqual([true, false]);
  expect([root, join(root, 'a'), path].map((each) => statSync(each).mode & 0o777)).toEqual([
    0o700, 0o700, 0o700,
  ]);
});

test('a file in the way stays one', () => {
  writeFileSync(join(root, 'file'), '');
  expect(() => ensureFolder(join(root, 'file'))).toThrow('EEXIST');
  expect(() => ensureFolder(join(root, 'file', 'below'))).toThrow(/ENOTDIR|EEXIST/);
});

test.skipIf(process.platform !== 'linux')('where nothing can be made it ends', () => {
  expect(() => ensureFolder('/proc/nowhere/x')).toThrow('ENOENT');
});
