import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dotenvLines, shellLines } from '../../src/cli/format.ts';

test('a shell reads back every value as it was', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
      (value) => {
        const script = `${shellLines({ NAME: value }, [])}printf %s "$NAME"`;
        expect(execFileSync('sh', ['-c', script]).toString()).toBe(Buffer.from(value).toString());
      },
    ),
    { numRuns: 30 },
  );
});

test('what must go is unset', () => {
  expect(shellLines({ A: "it's" }, ['PIPELINE_CREDENTIALS'])).toBe(
    "export A='it'\\''s'\nunset PIPELINE_CREDENTIALS\n",
  );
});

test('dotenv refuses what its readers would cut', () => {
  expect(dotenvLines({ A: '1', B: 'two words' })).toBe('A=1\nB=two words\n');
  expect(() => dotenvLines({ A: '1\n2' })).toThrow('A cannot be written as dotenv');
});
