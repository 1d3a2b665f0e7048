import type { YAMLMap, YAMLSeq } from 'yaml';
import type { Plain } from './plain.ts';
import { flowPair, flowValue, prettyJson, type Style } from './render.ts';
import { before, beginsLine, commaBetween, endOf, lineStart, startOf } from './scan.ts';
import type { Splice } from './splice.ts';

/** Edits of collections in braces and brackets, JSON's among them. */

type Flow = YAMLMap | YAMLSeq;

export function addFlowPair(
  text: string,
  map: YAMLMap,
  [key, value]: readonly [string, Plain],
  style: Style,
) {
  const inLines = style.json && isInLines(text, map);
  const written = inLines
    ? `${JSON.stringify(key)}: ${prettyJson(value, indentOf(text, map), style)}`
    : flowPair(key, value, style);
  return appended(text, map, written, style);
}

export function addFlowItem(text: string, list: YAMLSeq, value: Plain, style: Style): Splice {
  const inLines = style.json && (isInLines(text, list) || list.items.length === 0);
  const written = inLines ? prettyJson(value, indentOf(text, list), style) : flowValue(value, style);
  return appended(text, list, written, style);
}

export function replaceFlowValue(text: string, node: unknown, value: Plain, style: Style): Splice {
  const from = startOf(node);
  const indent = /^\s*/.exec(before(text, from))?.[0] ?? '';
  const pretty = style.json && text.slice(from, endOf(node)).includes('\n');
  return { from, to: endOf(node), text: pretty ? prettyJson(value, indent, style) : flowValue(value, style) };
}

/** Takes an item out with one of the commas beside it; comments stay. */
export function removeFlow(text: string, parent: Flow, index: number): readonly Splice[] {
  const item = parent.items[index];
  const [start, end] = [startOf(item), endOf(item)];
  const next = parent.items[index + 1];
  const previous = parent.items[index - 1];
  if (next !== undefined) {
    const comma = commaBetween(text, end, startOf(next));
    const gap = text.slice(comma + 1, startOf(next));
    const cut = comma === -1 || gap.includes('#') ? comma + 1 : startOf(next);
    return [
      { from: start, to: end, text: '' },
      { from: end, to: Math.max(end, cut), text: '' },
    ];
  }
  if (previous === undefined) return [{ from: start, to: end, text: '' }];
  const comma = commaBetween(text, endOf(previous), start);
  const gap = text.slice(comma + 1, start);
  if (gap.includes('#'))
    return [
      { from: comma, to: comma + 1, text: '' },
      { from: start, to: end, text: '' },
    ];
  return [{ from: comma, to: end, text: '' }];
}

function appended(text: string, parent: Flow, written: string, style: Style): Splice {
  const last = parent.items.at(-1);
  const close = endOf(parent) - 1;
  if (last === undefined) return filled(text, parent, written, style);
  const end = endOf(last);
  const comma = commaBetween(text, end, close);
  const at = comma === -1 ? end : comma + 1;
  const gap = isInLines(text, parent) ? `${style.eol}${indentOf(text, parent)}` : ' ';
  return { from: at, to: at, text: `${comma === -1 ? ',' : ''}${gap}${written}` };
}

/** The first item of `[]` or `{}`. */
function filled(text: string, parent: Flow, written: string, { json, eol }: Style): Splice {
  const [from, to] = [startOf(parent) + 1, endOf(parent) - 1];
  if (!json) return { from, to, text: text[from - 1] === '{' ? ` ${written} ` : written };
  const outer = /^\s*/.exec(before(text, from))?.[0] ?? '';
  return { from, to, text: `${eol}${outer}  ${written}${eol}${outer}` };
}

/** Whether the last item begins a line. */
function isInLines(text: string, parent: Flow): boolean {
  const last = parent.items.at(-1);
  return last !== undefined && beginsLine(text, startOf(last));
}

/** The indentation of the items; of what would be the first one, two more than that of the line. */
function indentOf(text: string, parent: Flow): string {
  const last = parent.items.at(-1);
  if (last !== undefined) return before(text, startOf(last));
  const line = text.slice(lineStart(text, startOf(parent)));
  return `${/^[ \t]*/.exec(line)?.[0] ?? ''}  `;
}
