import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitProviders } from '../../src/providers/index.ts';
import { code, filesBelow, root } from './sources.ts';

/** Files of the room that hold a provider, by what they declare; the others serve several of them. */
const files = filesBelow('src/providers').filter((path) =>
  /^export const \w+: GitProvider\b/m.test(code(path)),
);
const names = files.map((path) => basename(path, '.ts'));

describe('every provider', () => {
  test('stands in a file of its name and in the list', () => {
    expect(gitProviders.map(({ provider }) => provider).toSorted()).toEqual(names.toSorted());
  });

  test.each(names)('%s has a test', (name) => {
    expect(existsSync(join(root, 'test/providers', `${name}.test.ts`))).toBe(true);
  });

  test.runIf(existsSync(join(root, 'docs/providers'))).each(names)('%s has a page', (name) => {
    expect(existsSync(join(root, 'docs/providers', `${name}.md`))).toBe(true);
  });
});
