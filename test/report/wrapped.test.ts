import { expect, test } from 'vitest';
import { hanging, wrapped } from '../../src/report/wrapped.ts';

test('lines are broken between words, and a long word stands alone', () => {
  expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrapped('one https://example.com/long two', 8)).toEqual(['one', 'https://example.com/long', 'two']);
  expect(wrapped('one two three', null)).toEqual(['one two three']);
});

const text = 'it is for a registry, not for git, and ends there';

test.each([
  [null, [`  name  ${text}`]],
  [80, [`  name  ${text}`]],
  [44, ['  name  it is for a registry, not for git,', '        and ends there']],
  [36, ['  name', '    it is for a registry, not for', '    git, and ends there']],
])('behind a first column, in %s columns', (columns, lines) => {
  expect(hanging('  name  ', text, columns)).toEqual(lines);
});
