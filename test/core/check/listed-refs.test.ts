import { expect, test } from 'vitest';
import { parseListedRefs } from '../../../src/core/check/listed-refs.ts';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];

test('names, what HEAD is, and what tags stand for', () => {
  const text = `ref: refs/heads/main\tHEAD\n${a}\tHEAD\n${a}\trefs/heads/main\n${b}\trefs/tags/v1\n${c}\trefs/tags/v1^{}\n`;
  expect(parseListedRefs(text)).toEqual([
    { name: 'HEAD', sha: a, target: 'refs/heads/main' },
    { name: 'refs/heads/main', sha: a, target: null },
    { name: 'refs/tags/v1', sha: c, target: null },
  ]);
});

test('anything else is left out', () => {
  expect(parseListedRefs('warning: hello\n\nabc\trefs/heads/x\n')).toEqual([]);
});
