import { expect, test } from 'vitest';
import { filesBelow, read } from '../conventions/sources.ts';

const sources = filesBelow('src').map(read).join('\n').replaceAll('\\`', '`');

/** Left cells of the tables: what `check` prints, with words in capitals for what differs. */
const messages = [...read('docs/troubleshooting.md').matchAll(/^\| (?!message|---)(.*?) \|/gm)].map(
  ([, text = '']) => text,
);

/** Runs of two or more words of a message, the longest first; what differs and what is composed stands between them. */
function runs(message: string): readonly string[] {
  const parts = message
    .split(/\b(?:[A-Z]{2,}|[NM])\b|\.\.\.|"[^"]*"|\d|, /)
    .map((part) => part.trim().split(' '));
  return parts
    .flatMap((words) => words.flatMap((_word, start) => words.map((_, end) => words.slice(start, end + 1))))
    .filter((words) => words.length > 1)
    .map((words) => words.join(' '))
    .filter((text) => text.length >= 10)
    .toSorted((a, b) => b.length - a.length);
}

test.each(messages)('"%s" is what the program says', (message) => {
  expect(runs(message).find((run) => sources.includes(run))).toBeDefined();
});

test('the page has many of them', () => {
  expect(messages.length).toBeGreaterThan(40);
});
