import { expect, test } from 'vitest';
import { filesBelow, read } from './sources.ts';

/** The security rules, but for the keeper that renews tokens: docs call them by these numbers. */
const rules = Array.from({ length: 32 }, (_none, index) => index + 1);

const tests = filesBelow('test')
  .filter((path) => path.endsWith('.test.ts'))
  .map(read)
  .join('\n');

test.each(rules)('security rule %i has a test that bears its number', (rule) => {
  expect(tests).toMatch(new RegExp(`(?:test|describe)\\b[^;]*?\\(\\s*['"\`]rule ${rule}: `));
});
