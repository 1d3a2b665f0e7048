import type { Fault } from '../fault.ts';
import type { Position } from './tree.ts';

/** Where a document that begins as JSON has a comment of the kind that JavaScript has: to YAML it is a key. */
export function jsonComment(text: string): Position | null {
  if (!text.trimStart().startsWith('{')) return null;
  for (const [index, line] of text.split('\n').entries()) {
    const bare = line.replace(/"(?:[^"\\]|\\.)*"?/g, (quoted) => '_'.repeat(quoted.length));
    const [before] = /^(?:.*?[\s,{}[\]])??(?=\/[/*])/.exec(bare) ?? [];
    if (before !== undefined) return { line: index + 1, column: before.length + 1 };
  }
  return null;
}

/** What else than spaces a line is indented with; null when nothing is. */
export function oddIndentation(line: string): Fault | null {
  const [indent = ''] = /^\s*/.exec(line) ?? [];
  if (indent.includes('\t')) return tab;
  return /^[ \r]*$/.test(indent) ? null : lookAlike;
}

export const commentInJson: Fault = {
  code: 'json-comment',
  message: 'JSON has no comments.',
  hint: 'Remove it, or begin it with #.',
};
const hint = 'Indent with spaces, the same number for all keys of one entry.';
const tab: Fault = { code: 'yaml-tab-as-indent', message: 'The line is indented with a tab.', hint };
const lookAlike: Fault = {
  code: 'yaml-odd-space',
  message: 'The line is indented with something that only looks like a space.',
  hint,
};
