import { isCollection, isPair, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';

/** Where a node's own text ends: comments and line ends behind it do not count. */
export function endOf(node: unknown): number {
  if (isPair(node)) return node.value === null ? rangeOf(node.key)[1] + 1 : endOf(node.value);
  if (!isCollection(node) || node.flow === true) return rangeOf(node)[1];
  const last = node.items.at(-1);
  return last === undefined ? rangeOf(node)[1] : endOf(last);
}

/** Where a node's own text begins. */
export function startOf(node: unknown): number {
  return rangeOf(isPair(node) ? node.key : node)[0];
}

function rangeOf(node: unknown): readonly [number, number] {
  const { range } = node as Node;
  if (!range) throw new TypeError('a node of a parsed document has a range');
  return [range[0], range[1]];
}

/** Start of the line that has this offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Start of the line after the one in which a text ends that ends at this offset. */
export function nextLine(text: string, end: number): number {
  if (end > 0 && text[end - 1] === '\n') return end;
  const found = text.indexOf('\n', end);
  return found === -1 ? text.length : found + 1;
}

/** What stands before an offset in its line. */
export function before(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset);
}

/** Whether only white space stands before an offset in its line. */
export function beginsLine(text: string, offset: number): boolean {
  return /^\s*$/.test(before(text, offset));
}

/** Offset of the first comma between two offsets that is not in a comment; -1 when there is none. */
export function commaBetween(text: string, from: number, to: number): number {
  const blanked = text.slice(from, to).replace(/#.*$/gm, (comment) => ' '.repeat(comment.length));
  const found = blanked.indexOf(',');
  return found === -1 ? -1 : from + found;
}

/** The pair of a mapping with this key. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isKey(pair, key));
}

export function isKey(pair: Pair, key: string): boolean {
  return isScalar(pair.key) && String(pair.key.value) === key;
}
