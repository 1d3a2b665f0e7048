import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, read, root } from './sources.ts';

const written = filesBelow('.').filter((path) => path !== 'package-lock.json');
const programs = written.filter((path) => /\.(?:ts|mjs|js|sh)$/.test(path));

/** Rooms whose tests stand beside them under the same name; other folders of test/ look at the whole. */
const mirrored = /^test\/(core|app|providers|registries|stores|ci|report|system)\//;

/** Package registries, and folders that exist on one machine only. In pieces, since this file is checked too. */
const foreign = [
  ['registry', 'npmjs', 'org'].join('\\.'),
  ['registry', 'yarnpkg', 'com'].join('\\.'),
  ['npm', 'pkg', 'github', 'com'].join('\\.'),
  ['', '(?:work|root|Users)', ''].join('/'),
  ['', 'home', '(?!runner/|user/|you/)'].join('/'),
  ['', 'tmp', '[\\w-]+', '[\\w-]+', '(?:src|test|build|dist|scripts|node_modules)\\b'].join('/'),
].map((pattern) => new RegExp(`(?<![\\w.~/*$}-])${pattern}`));

describe('files', () => {
  test('are named after a noun or a verb, in kebab-case', () => {
    const wrong = programs.filter((path) => /[A-Z_]|(?:^|\/)(?:utils?|helpers?|common|misc)\b/.test(path));
    expect(wrong).toEqual([]);
  });

  test('are short enough to read at once', () => {
    const long = programs
      .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
      .filter(({ path, lines }) => lines > (path.startsWith('test/') ? 300 : 250));
    expect(long).toEqual([]);
  });

  test('name no package registry and no folder of one machine', () => {
    const wrong = written.flatMap((path) =>
      foreign
        .flatMap((pattern) => read(path).match(pattern)?.slice(0, 1) ?? [])
        .map((found) => `${path}: ${found}`),
    );
    expect(wrong).toEqual([]);
  });

  test('of test/ have the name of what they test, or lie in its folder', () => {
    const strays = written
      .filter((path) => mirrored.test(path) && path.endsWith('.test.ts'))
      .filter((path) => !tested(path).some((candidate) => existsSync(join(root, candidate))));
    expect(strays).toEqual([]);
  });
});

/** `test/core/a/b.test.ts` tests `src/core/a/b.ts`, as does `b.property.test.ts`; a test of a whole folder lies in a folder of its name. */
function tested(path: string): string[] {
  const source = path.replace(/^test/, 'src').replace(/(?:\.[a-z-]+)?\.test\.ts$/, '');
  return [`${source}.ts`, source, dirname(source)].filter((name) => name.split('/').length > 2);
}
