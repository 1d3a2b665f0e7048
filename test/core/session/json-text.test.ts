import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rawValue, withoutValue, withValue } from '../../../src/core/session/json-text.ts';

const text =
  '{\n\t"auths": {\n\t\t"a": {"auth": "x}\\""},\n\t\t"b": [1, {"c": "}"}]\n\t},\n\t"n" : 1.5e3\n}\n';

describe('a value in a JSON text', () => {
  test.each([
    [['auths', 'a'], '{"auth": "x}\\""}'],
    [['auths', 'b'], '[1, {"c": "}"}]'],
    [['n'], '1.5e3'],
    [['auths', 'a', 'auth'], '"x}\\""'],
    [['missing'], null],
    [['n', 'x'], null],
    [['auths', 'missing'], null],
  ])('%j is %s', (path, expected) => {
    expect(rawValue(text, path)).toBe(expected);
  });

  test.each([
    [['n'], '2', text.replace('1.5e3', '2')],
    [['auths', 'z'], '{}', text.replace(']\n\t}', '],\n\t\t"z": {}\n\t}')],
    [['z'], '{}', text.replace('1.5e3\n', '1.5e3,\n\t"z": {}\n')],
  ])('%j is set to %s, and all else stays', (path, raw, expected) => {
    expect(withValue(text, path, raw)).toBe(expected);
  });

  test.each([
    [['n'], text.replace(',\n\t"n" : 1.5e3', '')],
    [['auths', 'a'], text.replace('"a": {"auth": "x}\\""},\n\t\t', '')],
    [['auths', 'b'], text.replace(',\n\t\t"b": [1, {"c": "}"}]', '')],
    [['missing'], text],
  ])('%j is taken out with its comma', (path, expected) => {
    expect(withoutValue(text, path)).toBe(expected);
  });

  test('the last member leaves an empty object', () => {
    expect(withoutValue('{ "a": {\n "b": 1\n } }', ['a', 'b'])).toBe('{ "a": {} }');
    expect(withValue('{ }', ['a'], '1')).toBe('{"a": 1 }');
  });

  test('what is put in and taken out again leaves every byte, whatever the text', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(object, fc.string(), fc.constantFrom(0, 1, 2, '\t'), (value, key, indent) => {
        fc.pre(!(key in value) && Object.keys(value).length > 0);
        const before = JSON.stringify(value, null, indent);
        const put = withValue(before, [key], '{"auth": "}]\\""}');
        expect(JSON.parse(put)).toEqual({ ...JSON.parse(before), [key]: { auth: '}]"' } });
        expect(withoutValue(put, [key])).toBe(before);
      }),
    );
  });
});
