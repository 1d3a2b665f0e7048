import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isManifestPath, readManifestFile } from '../../src/system/manifest-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'manifest-source-'));
mkdirSync(join(folder, 'repo'));
writeFileSync(join(folder, 'repo/a.yml'), 'version: 1\n');
writeFileSync(join(folder, 'b.yml'), 'version: 1\n');
writeFileSync(join(folder, 'large.yml'), '');
truncateSync(join(folder, 'large.yml'), 17 * 1024 * 1024);
afterAll(() => rmSync(folder, { recursive: true }));

const places = { cwd: join(folder, 'repo'), workspace: join(folder, 'repo') };

test.each([
  ['a.yml', true],
  ['../b.yml', false],
  [join(folder, 'b.yml'), false],
])('%s is read, from the workspace: %s', (path, fromWorkspace) => {
  expect(readManifestFile(path, places)).toEqual({ text: 'version: 1\n', fromWorkspace });
});

test('without a CI there is no workspace to distrust', () => {
  expect(readManifestFile('a.yml', { ...places, workspace: null })).toMatchObject({ fromWorkspace: false });
});

test.each([
  ['none.yml', 'file-missing'],
  ['canary: secret\n'.repeat(1000), 'file-missing'],
  ['a\0b', 'file-missing'],
  ['.', 'file-folder'],
  ['../large.yml', 'file-large'],
])('%j is refused', (path, code) => {
  const fault = readManifestFile(path, places);
  expect(fault).toMatchObject({ code });
  expect(JSON.stringify(fault)).not.toContain('canary');
});

describe('rule 2: the variable is a path only if absolute, one line, and short', () => {
  test.each([
    ['/run/secrets/manifest', true],
    ['/run/secrets/manifest\n', true],
    [`/${'a'.repeat(4095)}`, true],
    [`/${'a'.repeat(4096)}`, false],
    [`/${'ä'.repeat(2048)}`, false],
    ['/run/secrets/manifest\n/other', false],
    ['manifest.yml', false],
    ['./manifest.yml', false],
    ['~/manifest.yml', false],
    ['version: 1', false],
    ['dmVyc2lvbjogMQ==', false],
    ['', false],
  ])('%j: %s', (value, expected) => {
    expect(isManifestPath(value)).toBe(expected);
  });
});
