import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { passesThrough } from '../../src/system/workspace.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
const path = (name: string) => join(folder, name);

for (const name of ['repo/sub', 'repo-evil', 'outside']) mkdirSync(path(name), { recursive: true });
for (const name of ['repo/manifest.yml', 'repo-evil/manifest.yml', 'outside/manifest.yml'])
  writeFileSync(path(name), '');
symlinkSync('../outside/manifest.yml', path('repo/to-outside.yml'));
symlinkSync('../repo/manifest.yml', path('outside/to-repo.yml'));
symlinkSync(path('outside/to-repo.yml'), path('outside/to-link.yml'));
symlinkSync('../repo/to-outside.yml', path('outside/through-repo.yml'));
symlinkSync('../outside', path('repo/folder'));
symlinkSync('../repo/folder', path('outside/through-folder'));
symlinkSync('repo', path('checkout'));
symlinkSync('circle', path('circle'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('rule 1: what the workspace has a say in', () => {
  test.each([
    ['repo/manifest.yml', true],
    ['repo/sub/../manifest.yml', true],
    ['repo/none.yml', true],
    ['repo/to-outside.yml', true],
    ['repo/folder/manifest.yml', true],
    ['outside/to-repo.yml', true],
    ['outside/to-link.yml', true],
    ['outside/through-repo.yml', true],
    ['outside/through-folder/manifest.yml', true],
    ['checkout/manifest.yml', true],
    ['outside/manifest.yml', false],
    ['outside/none.yml', false],
    ['repo-evil/manifest.yml', false],
    ['circle', false],
  ])('%s: %s', (name, expected) => {
    expect(passesThrough(path('repo'), path(name))).toBe(expected);
  });

  test('also when the workspace itself is named by a link', () => {
    expect(passesThrough(path('checkout'), path('repo/manifest.yml'))).toBe(true);
    expect(passesThrough(path('checkout'), path('checkout/manifest.yml'))).toBe(true);
    expect(passesThrough(path('checkout'), path('outside/manifest.yml'))).toBe(false);
  });
});
