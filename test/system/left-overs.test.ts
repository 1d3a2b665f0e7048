import { readdirSync, utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { sweepLeftOvers } from '../../src/system/left-overs.ts';
import { writePrivateFile } from '../../src/system/private-file.ts';
import { makeFolder } from '../app/keeping/folder.ts';

const names = [
  'key.0123456789ab.new',
  'key.0123456789ab',
  'key.0123456789ab.new.mine',
  'key.0123.new',
  'other.0123456789ab.new',
];

test('what a killed writer left beside a file goes with the next write, what a living one is at stays', () => {
  using folder = makeFolder();
  const then = Date.now() / 1000 - 90;
  for (const name of names) utimesSync(folder.write(name, 'canary'), then, then);
  folder.write('key.ba9876543210.new', 'canary');
  writePrivateFile(folder.file('key'), new Secret('canary-1'));
  expect(readdirSync(folder.path).toSorted()).toEqual(
    ['key', 'key.ba9876543210.new', ...names.slice(2)].toSorted(),
  );
});

test('where there is no folder there is nothing to sweep', () => {
  expect(() => sweepLeftOvers('/nowhere/at/all')).not.toThrow();
});
