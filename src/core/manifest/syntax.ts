import type { ErrorCode } from 'yaml';
import type { Fault } from '../fault.ts';
import type { Path, Position } from './tree.ts';

/** Something wrong with the document itself, at a position of the decoded text. */
export interface SyntaxProblem {
  readonly fault: Fault;
  readonly path: Path;
  readonly at: Position;
}

type Words = Omit<Fault, 'code'>;

const indent: Words = {
  message: 'The indentation does not fit, or a bracket or brace before it is not closed.',
  hint: 'Indent with spaces, the same number for all keys of one entry; keep the line breaks when pasting.',
};
const nested: Words = {
  message: 'A key starts where a value is expected.',
  hint: 'Put each key on a line of its own, and quotes around a value that holds ": ".',
};
const unclosed: Words = {
  message: 'Something is not closed: a quote, a bracket or a brace; or a colon is missing.',
  hint: 'Close it, or put the value in single quotes. The value may have been cut when it was stored.',
};
const unexpected: Words = {
  message: 'This is not expected here.',
  hint: "Put the value in single quotes; a single quote inside them is written ''.",
};
const alias: Words = {
  message: 'The alias (*NAME) or anchor (&NAME) cannot be used here.',
  hint: 'Define the anchor before its aliases, or put quotes around a value that starts with * or &.',
};
const twoDocuments: Words = {
  message: 'There is more than one document.',
  hint: 'Remove the --- between them; several manifests are given as several files.',
};
const noSuchEscape: Words = {
  message: 'A backslash in double quotes starts no known escape.',
  hint: 'Use single quotes: nothing is special in them.',
};
const reserved: Words = {
  message: 'A value cannot start with this character.',
  hint: 'Put the value in single quotes.',
};
const longKey: Words = {
  message: 'A key is very long, or spans lines.',
  hint: 'Check the line for a missing colon or quote.',
};
const twice: Words = { message: 'This key stands here twice.', hint: 'Keep one of them.' };
const tag: Words = {
  message: 'Tags (!name) are not read.',
  hint: 'Remove the tag, or put quotes around the value.',
};
const directive: Words = { message: 'Directives (%NAME) are not read.', hint: 'Remove the line.' };
const keys: Words = { message: 'A key is not a plain text.', hint: 'Write each key as a word.' };

/** Our own words for what is wrong with a text: the parser's quote it (security rule 26). */
const words: Readonly<Record<ErrorCode, Words>> = {
  ALIAS_PROPS: alias,
  BAD_ALIAS: alias,
  BAD_COLLECTION_TYPE: tag,
  BAD_DIRECTIVE: directive,
  BAD_DQ_ESCAPE: noSuchEscape,
  BAD_INDENT: indent,
  BAD_PROP_ORDER: alias,
  BAD_SCALAR_START: reserved,
  BLOCK_AS_IMPLICIT_KEY: nested,
  BLOCK_IN_FLOW: unexpected,
  DUPLICATE_KEY: twice,
  IMPOSSIBLE: unexpected,
  KEY_OVER_1024_CHARS: longKey,
  MISSING_CHAR: unclosed,
  MULTILINE_IMPLICIT_KEY: longKey,
  MULTIPLE_ANCHORS: alias,
  MULTIPLE_DOCS: twoDocuments,
  MULTIPLE_TAGS: tag,
  NON_STRING_KEY: keys,
  RESOURCE_EXHAUSTION: alias,
  TAB_AS_INDENT: indent,
  TAG_RESOLVE_FAILED: tag,
  UNEXPECTED_TOKEN: unexpected,
};

/** What is wrong, from the parser's code alone. */
export function syntaxFault(code: ErrorCode): Fault {
  return { code: `yaml-${code.toLowerCase().replaceAll('_', '-')}`, ...(words[code] ?? unexpected) };
}
