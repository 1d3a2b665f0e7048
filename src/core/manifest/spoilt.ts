import type { Fault } from '../fault.ts';

/**
 * What a CI's form or a shell did to a manifest on its way into a variable: one fault that says so, instead of the
 * many that a parser finds in what is left. Null for every other text.
 */
export function spoiltOnTheWay(text: string): Fault | null {
  const lines = text.trim().split(/\r?\n/);
  const [first = ''] = lines;
  if (lines.length === 1 && cutForm.test(first)) return cut;
  if (lines.length === 1 && joinedForm.test(first)) return joined;
  if (lines.some((line, index) => isFlattened(line, lines[index + 1] ?? ''))) return flattened;
  return !keyForm.test(first) && lines.some((line) => keyForm.test(line)) ? keyAtMargin : null;
}

/** What is left of `version: 1` and its followers when a space or the end of a line ends the value. */
const cutForm = /^(?:version:(?: *\S+)?|credentials:)$/;

/** Two keys of the top level in one line, also with `\n` written out. */
const joinedForm = /^version: *["']?1["']?(?: |\\n)+(?:credentials|repositories|registries):/;

/** An entry and the keys that belong to it, all at the left margin. */
function isFlattened(line: string, next: string): boolean {
  const key = /^([a-z-]+):(?: |$)/.exec(next)?.[1];
  return /^- +[a-z-]+: /.test(line) && key !== undefined && !topLevel.has(key);
}

/** The first or last line of a private key; a document that begins with one is a key and no manifest. */
const keyForm = /^-----(?:BEGIN|END) /;

const topLevel = new Set(['version', 'credentials', 'repositories', 'registries']);

const store = 'store it as a file, or as base64 in one line (`base64 -w0 manifest.yml`)';
const cut: Fault = {
  code: 'manifest-cut',
  message: 'The manifest ends after its first words: it was cut at a space or at the end of a line.',
  hint: `Variables that a CI masks hold one line without spaces: ${store}.`,
};
const joined: Fault = {
  code: 'manifest-joined',
  message: 'The manifest is one long line: its line breaks were lost.',
  hint: `Put quotes around the variable where a shell copies it, or ${store}.`,
};
const flattened: Fault = {
  code: 'manifest-flattened',
  message: 'The keys of an entry stand at the left margin: the indentation was lost.',
  hint: `Paste it again with its spaces, or ${store}.`,
};
const keyAtMargin: Fault = {
  code: 'manifest-key-flattened',
  message: 'The lines of a private key stand at the left margin.',
  hint: 'Indent them further than `private-key: |` above them, or keep the key apart: `private-key: { env: NAME }`.',
};
