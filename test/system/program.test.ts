import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, findProgram } from '../../src/system/program.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'program-'));
  for (const folder of ['good', 'workspace/bin', 'plain']) mkdirSync(join(root, folder), { recursive: true });
  for (const folder of ['good', 'workspace/bin']) put(folder, '#!/bin/sh\necho "$0 $*"; cat; env');
  writeFileSync(join(root, 'plain/tool'), '');
  symlinkSync(join(root, 'workspace/bin'), join(root, 'detour'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(folder: string, text: string): void {
  writeFileSync(join(root, folder, 'tool'), text);
  chmodSync(join(root, folder, 'tool'), 0o755);
}

const path = (...folders: readonly string[]) => folders.map((folder) => join(root, folder)).join(delimiter);

describe('rule 21: a program', () => {
  test('is never taken from the workspace, nor from a relative entry of PATH', () => {
    const workspace = join(root, 'workspace');
    const aside = relative(process.cwd(), join(root, 'workspace/bin'));
    const entries = ['', '.', aside, path('workspace/bin', 'detour', 'plain', 'missing', 'good')];
    expect(findProgram('tool', entries.join(delimiter), workspace)).toBe(join(root, 'good/tool'));
    expect(findProgram('tool', path('workspace/bin'), workspace)).toBeNull();
    expect(findProgram('tool', aside, null)).toBeNull();
    expect(findProgram('tool', path('workspace/bin'), null)).toBe(join(root, 'workspace/bin/tool'));
  });

  test('gets the environment it is given, and no input', async () => {
    const env = { PATH: path('good') + delimiter + (process.env.PATH ?? ''), ONLY: 'this' };
    const { code, stdout } =
      (await ask({ program: 'tool', words: ['a b', 'c'], cwd: root, env, workspace: null })) ?? {};
    expect(code).toBe(0);
    expect(stdout).toContain(`${join(root, 'good/tool')} a b c\n`);
    expect(stdout).toContain('ONLY=this');
    expect(stdout).not.toContain('VITEST');
  });

  test('that fails says so, one that is missing says nothing', async () => {
    put('good', '#!/bin/sh\necho half an answer\nexit 3');
    const question = { words: [], cwd: root, env: { PATH: path('good') }, workspace: null };
    const half = { code: 3, stdout: 'half an answer\n', stderr: '' };
    expect(await ask({ program: 'tool', ...question })).toEqual(half);
    expect(await ask({ program: 'missing', ...question })).toBeNull();
  });
});
