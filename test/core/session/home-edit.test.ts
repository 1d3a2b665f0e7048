import { describe, expect, test } from 'vitest';
import { parseObject } from '../../../src/core/json.ts';
import { editFile, undoEdit } from '../../../src/core/session/home-edit.ts';

const ours = { auth: 'b3VyczpjYW5hcnk=' };
const theirs = { auth: 'dGhlaXJzOmNhbmFyeQ==' };
const original = `{
  "auths" : { "quay.io":{ "auth":"${theirs.auth}" },
              "ghcr.io":{ "auth":"${theirs.auth}" } },
  "credsStore": "desktop",
  "psFormat":"table"
}
`;
const wanted = {
  auths: { 'ghcr.io': ours, 'new.example.com': ours, 'quay.io': theirs },
  psFormat: 'table',
  credHelpers: { 'gcr.io': 'desktop' },
};
const edit = editFile(original, wanted);

/** What a tool makes of the file that reads and writes it whole, as `docker login` does. */
function rewritten(text: string, change: (file: Record<string, Record<string, unknown>>) => void): string {
  const file = JSON.parse(text);
  change(file);
  return JSON.stringify(file, null, '\t');
}

describe("an edit of docker's own file", () => {
  test('says what is wanted', () => {
    expect(parseObject(edit.written)).toEqual(wanted);
  });

  test('leaves what need not change to the byte', () => {
    expect(edit.written).toContain(`"quay.io":{ "auth":"${theirs.auth}" },\n              "ghcr.io":`);
    expect(editFile(original, JSON.parse(original)).written).toBe(original);
  });

  test('is undone to the byte', () => {
    expect(undoEdit(edit.written, edit)).toBe(original);
  });

  test('where there was no file, none stays', () => {
    const made = editFile(null, wanted);
    expect(parseObject(made.written)).toEqual(wanted);
    expect(undoEdit(made.written, made)).toBeNull();
    expect(
      undoEdit(
        rewritten(made.written, () => {}),
        made,
      ),
    ).toBeNull();
  });
});

describe('undone after others edited the file', () => {
  test('by hand: their edit stays, the rest is as before to the byte', () => {
    const edited = edit.written.replace('"psFormat":"table"', '"psFormat":"mine"');
    const undone = undoEdit(edited, edit) ?? '';
    expect(parseObject(undone)).toEqual({ ...JSON.parse(original), psFormat: 'mine' });
    expect(undone).toContain(`"quay.io":{ "auth":"${theirs.auth}" },\n              "ghcr.io":`);
  });

  test('by a tool that writes it whole: as if it had written without us', () => {
    const before = '{\n\t"auths": {\n\t\t"quay.io": {\n\t\t\t"auth": "x"\n\t\t}\n\t}\n}';
    const add = (file: Record<string, Record<string, unknown>>) => {
      file.auths = { ...file.auths, 'their.example.com': theirs };
    };
    const small = editFile(before, { auths: { 'quay.io': { auth: 'x' }, 'ghcr.io': ours } });
    expect(undoEdit(rewritten(small.written, add), small)).toBe(rewritten(before, add));
  });

  test('a login that somebody made at our host meanwhile is theirs', () => {
    const edited = rewritten(edit.written, (file) => {
      file.auths = { ...file.auths, 'new.example.com': theirs };
    });
    expect(parseObject(undoEdit(edited, edit) ?? '')).toMatchObject({ auths: { 'new.example.com': theirs } });
  });

  test('a login that somebody added where we made the place stays there', () => {
    const made = editFile('{"a": 1}', { a: 1, auths: { 'ghcr.io': ours } });
    const edited = rewritten(made.written, (file) => {
      file.auths = { ...file.auths, 'their.example.com': theirs };
    });
    const undone = parseObject(undoEdit(edited, made) ?? '');
    expect(undone).toEqual({ a: 1, auths: { 'their.example.com': theirs } });
  });

  test('what they took away is not brought back in pieces', () => {
    const edited = rewritten(edit.written, (file) => {
      delete file.auths;
    });
    expect(parseObject(undoEdit(edited, edit) ?? '')).toEqual({ psFormat: 'table', credsStore: 'desktop' });
  });

  test('into something that is no JSON: no login of ours stays', () => {
    const undone = undoEdit(`${edit.written}}`, edit) ?? '';
    expect(undone).not.toContain(ours.auth);
    expect(undone).toContain(theirs.auth);
  });
});
