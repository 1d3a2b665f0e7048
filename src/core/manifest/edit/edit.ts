import { isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { type Fault, isFault } from '../../fault.ts';
import { parseDocument as parseManifest } from '../document.ts';
import { plainValue } from '../tree.ts';
import { addBlockItem, addBlockPair, removeBlockItem, removeBlockPair, replaceBlockPair } from './block.ts';
import { changedPlain, type Edit } from './changed-plain.ts';
import { addFlowItem, addFlowPair, removeFlow, replaceFlowValue } from './flow.ts';
import type { Plain } from './plain.ts';
import { blockItem, type Style } from './render.ts';
import { before, beginsLine, endOf, isKey, lineStart, nextLine, pairOf, startOf } from './scan.ts';
import { insertedLines, type Splice, spliced } from './splice.ts';

/**
 * Makes one edit in a manifest's text (not packed). Everything outside what is edited stays byte for byte: the edit is
 * a splice at the places that the parser tells, and counts only if reading the result gives what was meant.
 */
export function edited(text: string, edit: Edit): string | Fault {
  const was = meaningOf(text);
  if (isFault(was)) return was;
  const result = spliced(text, splicesFor(text, edit));
  const is = meaningOf(result);
  return isFault(is) || !same(is, changedPlain(was, edit)) ? entangled : result;
}

/** Makes several edits, one after the other. */
export function editedAll(text: string, edits: readonly Edit[]): string | Fault {
  return edits.reduce<string | Fault>((rest, edit) => (isFault(rest) ? rest : edited(rest, edit)), text);
}

function meaningOf(text: string): unknown {
  const { tree, problems } = parseManifest(text);
  return tree === null || problems.length > 0 ? unreadable : plainValue(tree);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function splicesFor(text: string, edit: Edit): readonly Splice[] {
  const document = parseDocument(text, { schema: 'failsafe', keepSourceTokens: true, uniqueKeys: false });
  const root = document.contents;
  const style = styleOf(text, root);
  const node = edit.at.length === 0 ? root : document.getIn(edit.at, true);
  if (edit.do === 'set' && isMap(node)) return set(text, node, [edit.key, edit.value], style);
  if (edit.do === 'unset' && isMap(node)) return unset(text, node, edit.key);
  if (edit.do === 'append' && isSeq(node)) return [append(text, node, edit.value, style)];
  if (edit.do === 'remove' && isSeq(node)) {
    return node.flow ? removeFlow(text, node, edit.index) : [removeBlockItem(text, node, edit.index)];
  }
  return [];
}

function styleOf(text: string, root: unknown): Style {
  const eol = /\r\n/.test(text) ? '\r\n' : '\n';
  return { eol, json: isMap(root) && root.flow === true && /^\s*\{\s*"/.test(text) };
}

function set(
  text: string,
  map: YAMLMap,
  [key, value]: readonly [string, Plain],
  style: Style,
): readonly Splice[] {
  const pair = pairOf(map, key);
  if (pair === undefined) {
    return [(map.flow ? addFlowPair : addBlockPair)(text, map, [key, value], style)];
  }
  return map.flow
    ? [replaceFlowValue(text, pair.value, value, style)]
    : replaceBlockPair(text, pair, value, style);
}

function unset(text: string, map: YAMLMap, key: string): readonly Splice[] {
  const index = map.items.findIndex((pair) => isKey(pair, key));
  if (index === -1) return [];
  return map.flow ? removeFlow(text, map, index) : [removeBlockPair(text, map, index)];
}

function append(text: string, list: YAMLSeq, value: Plain, style: Style): Splice {
  if (!list.flow) return addBlockItem(text, list, value, style);
  return list.items.length === 0 && !style.json
    ? opened(text, list, value, style)
    : addFlowItem(text, list, value, style);
}

/** The first item of a list that was `[]` goes into lines of its own. */
function opened(text: string, list: YAMLSeq, value: Plain, { eol }: Style): Splice {
  const start = startOf(list);
  const end = nextLine(text, endOf(list));
  const lines = blockItem(value);
  const left = before(text, start);
  if (beginsLine(text, start)) {
    return {
      from: lineStart(text, start),
      to: end,
      text: insertedLines('', 0, { lines, indent: left.slice(2), eol }).text,
    };
  }
  const indent = `${/^\s*/.exec(left)?.[0]}  `;
  const comment = text.slice(endOf(list), end).trimEnd();
  const put = insertedLines('', 0, { lines, indent, eol });
  return {
    from: start - (left.length - left.trimEnd().length),
    to: end,
    text: `${comment}${eol}${put.text}`,
  };
}

const unreadable: Fault = {
  code: 'manifest-unreadable',
  message: 'The manifest has mistakes that stand in the way of editing it.',
  hint: '`lint` names them, with line and column.',
};
const entangled: Fault = {
  code: 'edit-entangled',
  message:
    'The manifest is written in a way that this edit would break: an anchor, an alias or a key in several lines.',
  hint: 'Make the change by hand; `lint` checks it.',
};
