import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { addInclude, removeInclude } from '../../../src/core/session/git-home-edit.ts';

const folder = mkdtempSync(join(tmpdir(), 'git-home-edit-'));
const file = join(folder, 'gitconfig');
afterAll(() => rmSync(folder, { recursive: true }));

const path = '/tmp/it\'s a "session" # here/gitconfig';

function git(...words: readonly string[]): string {
  return execFileSync('git', ['config', '--file', file, ...words], { encoding: 'utf8' });
}

/** What the file says after our include came, `edits` happened, and it went. */
function undone(original: string | null, ...edits: readonly (readonly string[])[]): string | null {
  const edit = addInclude(original, path);
  writeFileSync(file, edit.written);
  for (const words of edits) git(...words);
  return removeInclude(readFileSync(file, 'utf8'), edit);
}

describe("an include in the user's gitconfig", () => {
  test.each([
    null,
    '',
    '\n',
    '[user]\n\tname = Ada\n',
    '[user]\n\tname = Ada',
    '# only a comment',
    '[include]\n\tpath = a\n',
  ])('is read by git, and goes to the byte: %j', (original) => {
    const edit = addInclude(original, path);
    writeFileSync(file, edit.written);
    expect(git('--get-all', 'include.path').split('\n')).toContain(path);
    expect(removeInclude(edit.written, edit)).toBe(original);
  });

  test('leaves what others wrote meanwhile, in its section too', () => {
    const user = '[user]\n\tname = Ada\n';
    expect(undone(user, ['user.email', 'ada@example.com'])).toBe(
      '[user]\n\tname = Ada\n\temail = ada@example.com\n',
    );
    expect(undone(user, ['core.editor', 'vi'])).toBe(`${user}[core]\n\teditor = vi\n`);
    expect(undone(user, ['--add', 'include.path', '/other'])).toBe(`${user}[include]\n\tpath = /other\n`);
    expect(undone(null, ['safe.directory', '*'])).toBe('[safe]\n\tdirectory = *\n');
    expect(undone('[include]\n\tpath = /mine\n', ['user.name', 'Ada'])).toBe(
      '[include]\n\tpath = /mine\n[user]\n\tname = Ada\n',
    );
  });

  test('goes once even where somebody has taken it away already', () => {
    const edit = addInclude('[user]\n', path);
    expect(removeInclude('[other]\n', edit)).toBe('[other]\n');
  });

  test('whatever is set meanwhile is there afterwards, and nothing of ours', () => {
    const key = fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,8}$/);
    const value = fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 4 }), (pairs) => {
        const original = '[include]\n\tpath = /mine\n[user]\n\tname = Ada\n';
        const edits = pairs.map(([name, text]) => ['--add', name, text]);
        writeFileSync(file, original);
        for (const words of edits) git(...words);
        const expected = git('--list', '-z').split('\0').sort();
        writeFileSync(file, undone(original, ...edits) ?? '');
        expect(git('--list', '-z').split('\0').sort()).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
