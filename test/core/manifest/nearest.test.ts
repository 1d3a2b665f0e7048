import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from '../../../src/core/manifest/nearest.ts';

const known = ['url', 'token', 'expires', 'username', 'api-url', 'registries', 'registry'];

test.each([
  ['tokne', 'token'],
  ['tokens', 'token'],
  ['expire', 'expires'],
  ['api_url', 'api-url'],
  ['user-name', 'username'],
  ['urls', 'url'],
  ['registrys', 'registry'],
  ['registrie', 'registries'],
])('%s is nearest to %s', (text, word) => {
  expect(nearest(text, known)).toBe(word);
});

test.each(['canary-token', 'x', '', 'abc', 'expiration', 'ur1l23'])('%j is near to none', (text) => {
  expect(nearest(text, known)).toBeNull();
});

test('two mistakes are forgiven', () => {
  const word = 'installation-id';
  fc.assert(
    fc.property(
      fc.nat(word.length - 1),
      fc.nat(word.length - 2),
      fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme-ascii' }),
      (cut, put, letter) => {
        const shorter = word.slice(0, cut) + word.slice(cut + 1);
        expect(nearest(shorter.slice(0, put) + letter + shorter.slice(put), [word])).toBe(word);
      },
    ),
  );
});
