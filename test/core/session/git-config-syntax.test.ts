import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entry, header } from '../../../src/core/session/git-config-syntax.ts';

/** What git itself reads in a configuration: pairs of key and value. */
function readByGit(text: string): readonly (readonly [string, string])[] {
  const list = execFileSync('git', ['config', '--file', '-', '--list', '-z'], {
    input: text,
    encoding: 'utf8',
  });
  return list
    .split('\0')
    .filter((each) => each !== '')
    .map((each) => [each.slice(0, each.indexOf('\n')), each.slice(each.indexOf('\n') + 1)]);
}

const hostile = fc.stringMatching(/^[a-z "'\\;#=[\]\t$`!~%{}()|&<>*?:/.@+-]{0,20}$/);
const text = fc.oneof(fc.string({ unit: 'grapheme' }), hostile).filter((each) => !/[\0\r\n]/.test(each));

describe('a git configuration', () => {
  test('values and sections come back equal, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 10 }), (pairs) => {
        const config = pairs.map(([name, value]) => header('url', name) + entry('insteadOf', value)).join('');
        expect(readByGit(config)).toEqual(pairs.map(([name, value]) => [`url.${name}.insteadof`, value]));
      }),
      { numRuns: 60 },
    );
  });

  test.each(['a\nb', 'a\rb', 'a\0b', '\n[core]\nsshCommand = evil'])(
    'a line break is refused: %j',
    (value) => {
      expect(() => entry('helper', value)).toThrow(TypeError);
      expect(() => header('url', value)).toThrow(TypeError);
    },
  );
});
