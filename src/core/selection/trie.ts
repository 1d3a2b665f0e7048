/** Values on paths, found by whole segments. */
export interface Trie<V> {
  value: V | null;
  /** Null at the ends, which are most: ten thousand empty maps would cost more than the values. */
  children: Map<string, Trie<V>> | null;
}

export function trie<V>(): Trie<V> {
  return { value: null, children: null };
}

/** The value at a path, made when there is none yet. */
export function addToTrie<V>(root: Trie<V>, path: readonly string[], make: () => V): V {
  let node = root;
  for (const segment of path) {
    node.children ??= new Map();
    const child = node.children.get(segment) ?? trie<V>();
    node.children.set(segment, child);
    node = child;
  }
  node.value ??= make();
  return node.value;
}

/** The value on the longest prefix of a path that has one; visits at most one node per segment. */
export function deepest<V>(root: Trie<V> | undefined, path: readonly string[]): V | null {
  let node = root;
  let found = node?.value ?? null;
  for (const segment of path) {
    node = node?.children?.get(segment);
    if (node === undefined) break;
    found = node.value ?? found;
  }
  return found;
}

export function valuesOf<V>({ value, children }: Trie<V>): readonly V[] {
  const below = [...(children?.values() ?? [])].flatMap(valuesOf);
  return value === null ? below : [value, ...below];
}
