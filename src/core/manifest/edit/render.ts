import { Document, isMap, isScalar, isSeq, type Node, visit } from 'yaml';
import { isPlainMap, type Plain } from './plain.ts';

/** How the document around an edit is written. */
export interface Style {
  /** Line end. */
  readonly eol: string;
  /** JSON has quotes around everything and no comments. */
  readonly json: boolean;
}

const wide = { lineWidth: 0 } as const;

/** `key: value` in lines of its own, without indentation and without a line end behind the last. */
export function blockPair(key: string, value: Plain): readonly string[] {
  return linesOf({ [key]: value });
}

/** `- value` in lines of its own. */
export function blockItem(value: Plain): readonly string[] {
  return linesOf([value]);
}

function linesOf(value: Plain): readonly string[] {
  const document = new Document(value);
  visit(document, {
    Collection: (_key, node) => {
      node.flow = node !== document.contents && isSmall(node);
    },
  });
  return document.toString(wide).replace(/\n$/, '').split('\n');
}

/** References and lists of words stay in one line, as people write them. */
function isSmall(node: Node): boolean {
  if (isSeq(node)) return node.items.every((item) => isScalar(item) && isShort(item.value));
  if (!isMap(node) || node.items.length !== 1) return false;
  const [pair] = node.items;
  return /^(?:env|file)$/.test(String(pair?.key)) && (!isScalar(pair?.value) || isShort(pair.value.value));
}

function isShort(value: unknown): boolean {
  const text = String(value);
  return text.length <= 120 && !text.includes('\n');
}

/** A value in one line, for the inside of braces and brackets. */
export function flowValue(value: Plain, { json }: Style): string {
  // Alone, a text with line breaks would be written in lines of its own.
  if (json || (typeof value === 'string' && value.includes('\n'))) return JSON.stringify(value);
  const document = new Document(value);
  return document
    .toString({ ...wide, collectionStyle: 'flow', doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER })
    .trim();
}

/** `key: value` for the inside of braces. */
export function flowPair(key: string, value: Plain, style: Style): string {
  return `${style.json ? JSON.stringify(key) : key}: ${flowValue(value, style)}`;
}

/** A value over several lines of JSON, the first of them without its indentation. */
export function prettyJson(value: Plain, indent: string, { eol }: Style): string {
  const text = JSON.stringify(value, null, 2);
  return isPlainMap(value) || Array.isArray(value) ? text.split('\n').join(`${eol}${indent}`) : text;
}
