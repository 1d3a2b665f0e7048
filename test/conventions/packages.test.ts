import { expect, test } from 'vitest';
import { filesBelow, imports, read } from './sources.ts';

const { devDependencies, dependencies } = JSON.parse(read('package.json'));

test('every package that is imported is asked for, not found by chance', () => {
  const strays = ['src', 'test', 'scripts', 'bench']
    .flatMap(filesBelow)
    .filter((path) => /\.(?:ts|mjs)$/.test(path))
    .flatMap((path) => imports(path).map((target) => ({ path, target })))
    .filter(
      ({ target }) => /^[@a-z]/.test(target) && !/^(?:node:|(?:src|test|scripts|bench|build)\/)/.test(target),
    )
    .filter(({ target }) => !(packageOf(target) in devDependencies));
  expect(strays).toEqual([]);
});

test('nothing is installed with us: every door carries what it needs', () => {
  expect(dependencies).toBeUndefined();
});

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
