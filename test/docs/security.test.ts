import { expect, test } from 'vitest';
import { filesBelow, read, sources } from '../conventions/sources.ts';

const page = read('docs/security.md');
const listed = [...page.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
const tests = filesBelow('test')
  .filter((path) => path.endsWith('.test.ts'))
  .map(read)
  .join('\n');

test('the rules are numbered without a gap', () => {
  expect(listed).toEqual(listed.map((_, index) => index + 1));
  expect(listed.length).toBeGreaterThan(30);
});

test.each(listed)('rule %i has a test of that name', (number) => {
  expect(tests).toMatch(new RegExp(`['"\`]rule ${number}:`));
});

test('every rule that a source names is on the page', () => {
  const named = sources().flatMap((path) =>
    [...read(path).matchAll(/security rules? (\d+)(?: and (\d+))?/gi)].flatMap(([, ...numbers]) =>
      numbers.flatMap((number) => (number === undefined ? [] : [Number(number)])),
    ),
  );
  expect([...new Set(named)].filter((number) => !listed.includes(number))).toEqual([]);
});
