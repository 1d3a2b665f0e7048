import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSecretFile } from '../../src/system/secret-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'secret-file-'));
const path = (name: string) => join(folder, name);

writeFileSync(path('secret'), 'canary-token-1\n');
writeFileSync(path('empty'), '');
writeFileSync(path('binary'), Buffer.from([0xff, 0xfe, 0x00]));
writeFileSync(path('largest'), 'x'.repeat(64 * 1024));
writeFileSync(path('large'), 'x'.repeat(64 * 1024 + 1));
writeFileSync(path('sparse'), '');
truncateSync(path('sparse'), 1024 ** 3);
mkdirSync(path('folder'));
symlinkSync('secret', path('link'));
symlinkSync('none', path('dangling'));
symlinkSync('/proc/self/environ', path('window'));
symlinkSync('/dev/zero', path('endless'));
execFileSync('mkfifo', [path('pipe')]);

afterAll(() => rmSync(folder, { recursive: true }));

test('a file is read as it is, also through a link, as secrets are mounted', () => {
  expect(readSecretFile(path('secret'))).toBe('canary-token-1\n');
  expect(readSecretFile(path('link'))).toBe('canary-token-1\n');
  expect(readSecretFile(path('empty'))).toBe('');
  expect(readSecretFile(path('largest'))).toHaveLength(64 * 1024);
});

describe('rule 2: only a small regular file at an absolute path', () => {
  test.each([
    ['secret', 'file-path-relative'],
    ['./secret', 'file-path-relative'],
    ['', 'file-path-relative'],
    [`${path('secret')}\0`, 'file-path-relative'],
    ['canary-token-1', 'file-path-relative'],
    [path('none'), 'file-missing'],
    [path('dangling'), 'file-missing'],
    [path('folder'), 'file-special'],
    [path('pipe'), 'file-special'],
    [path('window'), 'file-special'],
    [path('endless'), 'file-special'],
    ['/proc/self/environ', 'file-special'],
    ['/proc/self/../self/environ', 'file-special'],
    ['/dev/stdin', 'file-special'],
    [path('large'), 'file-large'],
    [path('sparse'), 'file-large'],
    [path('binary'), 'file-encoding'],
    [`${path('secret')}/below`, 'file-unreadable'],
  ])('%j', (name, code) => {
    const fault = readSecretFile(name);
    expect(fault).toMatchObject({ code });
    expect(JSON.stringify(fault)).not.toContain('canary');
  });
});
