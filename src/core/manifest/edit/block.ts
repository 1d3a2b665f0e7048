import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Plain } from './plain.ts';
import { blockItem, blockPair, type Style } from './render.ts';
import { before, beginsLine, endOf, lineStart, nextLine, startOf } from './scan.ts';
import { insertedLines, type Splice } from './splice.ts';

/** Edits of collections in lines of their own, by indentation. */

/** Adds a key behind the last of a mapping that has one. */
export function addBlockPair(
  text: string,
  map: YAMLMap,
  pair: readonly [string, Plain],
  style: Style,
): Splice {
  const lines = blockPair(...pair);
  const indent = ' '.repeat(column(text, startOf(map.items[0])));
  return insertedLines(text, nextLine(text, endOf(map)), { lines, indent, eol: style.eol });
}

/** Puts another value in the place of a pair's; the comment of its line stays, also beside the mark of a text in lines. */
export function replaceBlockPair(
  text: string,
  pair: YAMLMap['items'][number],
  value: Plain,
  style: Style,
): readonly Splice[] {
  const indent = ' '.repeat(column(text, startOf(pair)));
  const [first = '', ...lines] = blockPair(String((pair.key as { value?: unknown }).value), value);
  const old = endOf(pair);
  const end = isBlockText(text, pair.value) ? lastBreak(text, old) : old;
  const head = { from: colon(text, pair), to: end, text: first.slice(first.indexOf(':')) };
  if (lines.length === 0) return [head];
  return [head, insertedLines(text, nextLine(text, old), { lines, indent, eol: style.eol })];
}

/** Takes a pair out with its line's comment; comments in lines above stay. */
export function removeBlockPair(text: string, map: YAMLMap, index: number): Splice {
  const pair = map.items[index];
  const start = startOf(pair);
  const end = nextLine(text, endOf(pair));
  if (beginsLine(text, start)) return { from: lineStart(text, start), to: end, text: '' };
  // The first key of an item stands behind its dash: the next one moves up, unless a comment is in between.
  const next = map.items[index + 1];
  const between = next === undefined ? '' : text.slice(end, startOf(next));
  return { from: start, to: /^\s*$/.test(between) ? end + between.length : end - 1, text: '' };
}

/** Adds an item behind the last of a list that has one. */
export function addBlockItem(text: string, list: YAMLSeq, value: Plain, style: Style): Splice {
  const indent = before(text, dash(list, 0));
  return insertedLines(text, nextLine(text, endOf(list)), {
    lines: blockItem(value),
    indent,
    eol: style.eol,
  });
}

/** Takes an item out with the comment of its last line; what is left of a list without items is `[]`. */
export function removeBlockItem(text: string, list: YAMLSeq, index: number): Splice {
  const start = dash(list, index);
  const end = nextLine(text, endOf(list.items[index]));
  if (list.items.length > 1) return { from: lineStart(text, start), to: end, text: '' };
  const to = lastBreak(text, end);
  const key = /:[ \t]*\r?\n[ \t]*$/.exec(text.slice(0, start));
  // Below a comment the brackets stand in a line of their own: deeper than a dash may, further in than their key.
  return key === null ? { from: start, to, text: '  []' } : { from: key.index + 1, to, text: ' []' };
}

/** Offset of the dash before an item. */
function dash(list: YAMLSeq, index: number): number {
  const source = list.srcToken;
  const tokens = source?.type === 'block-seq' ? source.items[index]?.start : undefined;
  const found = tokens?.find(({ type }) => type === 'seq-item-ind');
  if (found === undefined) throw new TypeError('an item of a block list has a dash');
  return found.offset;
}

function column(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function colon(text: string, pair: YAMLMap['items'][number]): number {
  const { range } = pair.key as { range?: readonly number[] };
  return text.indexOf(':', range?.[1] ?? 0);
}

/** A text in lines below its key, which ends with a line end of its own. */
function isBlockText(text: string, node: unknown): boolean {
  return (isScalar(node) || isMap(node) || isSeq(node)) && text[endOf(node) - 1] === '\n';
}

function lastBreak(text: string, end: number): number {
  return text[end - 1] !== '\n' ? end : text[end - 2] === '\r' ? end - 2 : end - 1;
}
