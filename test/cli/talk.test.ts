import { expect, test } from 'vitest';
import { talkOn } from '../../src/cli/talk.ts';

test('a line takes the place of the progress that is shown, and stands alone otherwise', () => {
  let said = '';
  const { write, progress } = talkOn({ write: (text) => (said += text) });
  write('one');
  progress('asked 1 of 3');
  write('two');
  write('three');
  progress('asked 2 of 3');
  progress('');
  write('four');
  const clear = '\r\u001b[K';
  expect(said).toBe(`one\n${clear}asked 1 of 3${clear}two\nthree\n${clear}asked 2 of 3${clear}four\n`);
});
