import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkBuildxFolder, linkDockerFolder } from '../../src/system/docker-files.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'docker-files-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const isLink = (path: string) => lstatSync(join(root, path)).isSymbolicLink();

test("everything beside docker's file is there, by links", () => {
  for (const path of [
    'home/config.json',
    'home/contexts/meta/a',
    'home/buildx/instances/one',
    'home/key.pem',
  ])
    write(path);
  linkDockerFolder(join(root, 'home'), join(root, 'ours'));
  expect(read('ours/contexts/meta/a')).toBe('home/contexts/meta/a');
  expect(read('ours/buildx/instances/one')).toBe('home/buildx/instances/one');
  expect(['contexts', 'buildx', 'key.pem'].map((name) => isLink(`ours/${name}`))).toEqual([true, true, true]);
  expect(existsSync(join(root, 'ours/config.json'))).toBe(false);
});

test('beside folders for single images builders stay, and logins that were there', () => {
  write('home/buildx/current');
  write('home/buildx/instances/one');
  write('home/buildx/config/ghcr.io/lab/app/config.json', 'theirs');
  write('home/buildx/config/quay.io/other@pull/config.json');
  write('ours/buildx/config/ghcr.io/lab/app/config.json', 'ours');
  linkDockerFolder(join(root, 'home'), join(root, 'ours'));
  expect(read('ours/buildx/config/ghcr.io/lab/app/config.json')).toBe('ours');
  expect(read('ours/buildx/config/quay.io/other@pull/config.json')).toBe(
    'home/buildx/config/quay.io/other@pull/config.json',
  );
  // buildx does not walk into links.
  expect([isLink('ours/buildx/config/quay.io'), isLink('ours/buildx/config/quay.io/other@pull')]).toEqual([
    false,
    false,
  ]);
  expect(read('ours/buildx/instances/one')).toBe('home/buildx/instances/one');
  expect(read('home/buildx/config/ghcr.io/lab/app/config.json')).toBe('theirs');
});

test('nothing is ever written into a folder of somebody else', () => {
  write('one/instances/a');
  write('two/instances/b');
  write('ours/config/ghcr.io/x/config.json');
  linkBuildxFolder(join(root, 'one'), join(root, 'ours'));
  linkBuildxFolder(join(root, 'two'), join(root, 'ours'));
  expect(existsSync(join(root, 'one/instances/b'))).toBe(false);
});

test('links in a circle and dead ones are passed over', () => {
  write('home/buildx/config/a/config.json');
  symlinkSync(join(root, 'home/buildx/config'), join(root, 'home/buildx/config/a/again'));
  symlinkSync(join(root, 'nowhere'), join(root, 'home/dead'));
  write('ours/buildx/config/b/config.json');
  linkDockerFolder(join(root, 'home'), join(root, 'ours'));
  expect(read('ours/buildx/config/a/config.json')).toBe('home/buildx/config/a/config.json');
  expect(existsSync(join(root, 'ours/dead'))).toBe(false);
});
