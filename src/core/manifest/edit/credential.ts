import { type Fault, isFault } from '../../fault.ts';
import { parseDocument } from '../document.ts';
import { type Mapping, nodeAt, type Tree } from '../tree.ts';
import type { Edit } from './changed-plain.ts';
import { edited, editedAll } from './edit.ts';
import type { Plain, PlainMap } from './plain.ts';

/** A key of a credential, or of its `app`, with its new value; null takes the key out. */
export interface Change {
  readonly key: string;
  readonly within: 'credential' | 'app';
  readonly value: Plain | null;
}

/** The text with another entry behind the last of `credentials`, which is made where there is none. */
export function withCredential(text: string, entry: PlainMap): string | Fault {
  const { tree } = parseDocument(text);
  const append: Edit = { do: 'append', at: ['credentials'], value: entry };
  if (tree !== null && nodeAt(tree, ['credentials']) === undefined) {
    return editedAll(text, [{ do: 'set', at: [], key: 'credentials', value: [] }, append]);
  }
  return edited(text, append);
}

/** The text with changed keys of the credential of that name. */
export function withChanges(text: string, name: string, changes: readonly Change[]): string | Fault {
  const found = entryOf(text, name);
  if (isFault(found)) return found;
  const credential = ['credentials', found.index];
  const edits = changes.flatMap(({ key, within, value }): readonly Edit[] => {
    const at = within === 'app' ? [...credential, 'app'] : credential;
    if (value !== null) return [{ do: 'set', at, key, value }];
    const parent = within === 'app' ? found.entry.entries.get('app')?.value : found.entry;
    const there = parent?.kind === 'mapping' && parent.entries.has(key);
    return there ? [{ do: 'unset', at, key }] : [];
  });
  return editedAll(text, edits);
}

/** The text without the credential of that name. */
export function withoutCredential(text: string, name: string): string | Fault {
  const found = entryOf(text, name);
  return isFault(found) ? found : edited(text, { do: 'remove', at: ['credentials'], index: found.index });
}

/** The entry of a name, in any case, and its position in the list. */
export function entryOf(text: string, name: string): { index: number; entry: Mapping } | Fault {
  const { tree } = parseDocument(text);
  const list = tree === null ? undefined : nodeAt(tree, ['credentials']);
  const items = list?.kind === 'list' ? list.items : [];
  const index = items.findIndex((item) => textOf(item, 'name').toLowerCase() === name.toLowerCase());
  const entry = items[index];
  return entry?.kind === 'mapping' ? { index, entry } : unknownName;
}

/** The text of a key; empty when it has none. */
export function textOf(node: Tree, key: string): string {
  const value = node.kind === 'mapping' ? node.entries.get(key)?.value : undefined;
  return value?.kind === 'text' ? value.text : '';
}

const unknownName: Fault = {
  code: 'credential-unknown',
  message: 'The manifest has no credential of that name.',
  hint: '`credential list` shows the names.',
};
