/** Where a value stands in the text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A document as read: every scalar a text (security rule 3), every mapping a Map (security rule 4). */
export type Tree = Text | List | Mapping;

export interface Text {
  readonly kind: 'text';
  readonly text: string;
  readonly at: Position;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly at: Position;
}

export interface Mapping {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly at: Position;
}

export interface Entry {
  readonly key: Position;
  readonly value: Tree;
}

/** Keys and indexes from the root: `['credentials', 2, 'token']`. */
export type Path = readonly (string | number)[];

/** A path as people read it: `credentials[2].token`. */
export function pathText(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

/** What stands at a path. */
export function nodeAt(root: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>((node, step) => node && child(node, step), root);
}

/** Where a path leads, or the innermost thing on the way that exists. */
export function positionOf(root: Tree, path: Path): Position {
  const ways = path.map((_, index) => path.slice(0, path.length - index));
  return ways.map((way) => nodeAt(root, way)).find((node) => node !== undefined)?.at ?? root.at;
}

/** Where the key of a mapping stands. */
export function positionOfKey(root: Tree, parent: Path, key: string): Position | undefined {
  const mapping = nodeAt(root, parent);
  return mapping?.kind === 'mapping' ? mapping.entries.get(key)?.key : undefined;
}

function child(node: Tree, step: string | number): Tree | undefined {
  if (node.kind === 'mapping' && typeof step === 'string') return node.entries.get(step)?.value;
  if (node.kind === 'list' && typeof step === 'number') return node.items[step];
  return undefined;
}

/** The same as plain values, for validation; its objects have no prototype, so that `__proto__` is a key like any. */
export function plainValue(node: Tree): unknown {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'list') return node.items.map(plainValue);
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, { value }] of node.entries) object[key] = plainValue(value);
  return object;
}
