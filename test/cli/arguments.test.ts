import { expect, test } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { commonFlags, manifestFlags, setupFlags, targetFlags } from '../../src/cli/flags.ts';
import { Failure } from '../../src/core/failure.ts';

const flags = [...manifestFlags, ...targetFlags, ...setupFlags, ...commonFlags];
const read = (...words: string[]) => readArguments(words, flags);

test('repeatable flags may also hold several lines', () => {
  const args = read(
    '--repositories',
    'https://a/b/c\n https://a/b/d write\n',
    '--repositories=https://a/b/e',
  );
  expect(args.lines('repositories')).toEqual(['https://a/b/c', 'https://a/b/d write', 'https://a/b/e']);
  expect(args.lines('registries')).toBeNull();
});

test.each([
  ['["a", "b\\n c"]', ['a', 'b', 'c']],
  ['[]', null],
  ['', null],
  ['[::1]:5000', ['[::1]:5000']],
  ['["a", 1]', ['["a", 1]']],
  ['["a"', ['["a"']],
])('%s as a list', (text, expected) => {
  expect(read('--repositories', text).lines('repositories')).toEqual(expected);
});

test('an empty value is as good as none', () => {
  const args = read('--session', '', '--docker', '', '--revoke=');
  expect(args.one('session')).toBeNull();
  expect(args.choice('docker', ['private', 'home'])).toBe('private');
  expect(args.truth('revoke', true)).toBe(true);
});

test('what follows -- is the command, untouched', () => {
  const args = read('--json', '--', 'git', 'clone', '--quiet');
  expect(args.on('json')).toBe(true);
  expect(args.on('quiet')).toBe(false);
  expect(args.command).toEqual(['git', 'clone', '--quiet']);
});

test('switches with a value, and choices', () => {
  expect(read('--revoke', 'false').truth('revoke', true)).toBe(false);
  expect(read().truth('revoke', true)).toBe(true);
  expect(read('--docker', 'home').choice('docker', ['private', 'home', 'none'])).toBe('home');
  expect(read().choice('docker', ['private', 'home', 'none'])).toBe('private');
  expect(() => read('--docker', 'canary').choice('docker', ['private', 'home'])).toThrow(
    '--docker has an unknown value.',
  );
});

test('a wrong flag is named, its value is not', () => {
  const refused = (...words: string[]): string => {
    try {
      read(...words);
    } catch (error) {
      return error instanceof Failure ? `${error.message} ${error.hint}` : '';
    }
    return '';
  };
  expect(refused('--manifst=canary-secret')).toBe(
    '--manifst is not a flag of this verb. Write --manifest, or see --help.',
  );
  expect(refused('--canary')).toMatch(/^--canary is not a flag of this verb. The flags are --manifest /);
  expect(refused('--session')).toBe('--session needs a value. Write --session DIR.');
  expect(refused('--quiet=canary')).toBe('--quiet takes no value. Write --quiet.');
  expect(read('-h').on('help')).toBe(true);
});
