import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { writePrivateFile } from '../../src/system/private-file.ts';
import { makeFolder } from '../app/keeping/folder.ts';

test('a secret goes into a file of its user alone, in folders of its user alone, whatever was there', () => {
  using folder = makeFolder();
  const before = process.umask(0);
  writePrivateFile(folder.file('a/b/key'), new Secret('canary-1'));
  process.umask(before);
  const modes = ['a', 'a/b', 'a/b/key'].map((name) => statSync(folder.file(name)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o700, 0o600]);
  const open = folder.write('open', 'x');
  writePrivateFile(open, new Secret('canary-2'));
  expect([readFileSync(open, 'utf8'), statSync(open).mode & 0o777]).toEqual(['canary-2', 0o600]);
});

test('what cannot be written leaves nothing behind', () => {
  using folder = makeFolder();
  writeFileSync(folder.file('file'), '');
  expect(() => writePrivateFile(folder.file('file/key'), new Secret('canary'))).toThrow();
  writePrivateFile(folder.file('there/x'), new Secret('x'));
  expect(() => writePrivateFile(folder.file('there'), new Secret('canary'))).toThrow();
  expect(readdirSync(folder.path).toSorted()).toEqual(['file', 'there']);
});
