import { isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode, type YAMLMap } from 'yaml';
import type { Fault } from '../fault.ts';
import { isMasked } from '../text-form.ts';
import type { SyntaxProblem } from './syntax.ts';
import { syntaxFault } from './syntax.ts';
import type { Entry, Path, Position, Tree } from './tree.ts';

const deepest = 32;
/** How many values aliases may stand for in all: a few lines of them could otherwise grow to gigabytes. */
const mostAliased = 10_000;

interface Walk {
  readonly problems: SyntaxProblem[];
  readonly position: (offset: number) => Position;
  readonly anchors: Map<string, Node>;
  /** Anchored nodes being read, to notice one that holds itself. */
  readonly open: Set<Node>;
  aliased: number;
}

interface Spot {
  readonly path: Path;
  readonly at: Position;
  /** Whether this is read through an alias. */
  readonly aliased: boolean;
}

/** Turns the parser's nodes into a `Tree`, with what has no place in a manifest reported and left out. */
export function buildTree(contents: unknown, position: (offset: number) => Position) {
  const walk: Walk = { problems: [], position, anchors: new Map(), open: new Set(), aliased: 0 };
  const root = contents as ParsedNode | null;
  const spot: Spot = { path: [], at: position(root?.range?.[0] ?? 0), aliased: false };
  if (isMap(root)) return { tree: visit(root, spot, walk), problems: walk.problems };
  report(notAMapping, spot, walk);
  return { tree: null, problems: walk.problems };
}

function visit(node: Node | null, spot: Spot, walk: Walk): Tree {
  if (spot.path.length > deepest) throw new RangeError('too deep');
  if (isAlias(node)) return visitAlias(node.source, spot, walk);
  if (spot.aliased) walk.aliased += 1;
  const { tag, anchor } = (node ?? {}) as { tag?: string; anchor?: string };
  if (tag !== undefined) report(syntaxFault('TAG_RESOLVE_FAILED'), spot, walk);
  if (node === null || anchor === undefined) return visitPlain(node, spot, walk);
  walk.anchors.set(anchor, node);
  walk.open.add(node);
  const tree = visitPlain(node, spot, walk);
  walk.open.delete(node);
  return tree;
}

function visitPlain(node: Node | null, spot: Spot, walk: Walk): Tree {
  if (isMap(node)) return { kind: 'mapping', entries: visitEntries(node, spot, walk), at: spot.at };
  if (isSeq(node)) {
    const items = node.items.map((item, index) => visit(item as Node, below(spot, index, item, walk), walk));
    return { kind: 'list', items, at: spot.at };
  }
  const text = isScalar(node) ? String(node.value) : '';
  const absent =
    text === '' || (isScalar(node) && node.type === 'PLAIN' && /^(?:~|null|Null|NULL)$/.test(text));
  if (absent && !hasTag(node)) report(noValue, spot, walk);
  return { kind: 'text', text: absent ? '' : text, at: spot.at };
}

/** A tag took the value's place, which is told already: `!secret` without quotes. */
function hasTag(node: Node | null): boolean {
  return isScalar(node) && node.tag !== undefined;
}

function visitEntries(map: YAMLMap, spot: Spot, walk: Walk): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { key, value } of map.items) {
    const at = walk.position((key as ParsedNode | null)?.range?.[0] ?? 0);
    const here = { ...spot, at: spot.aliased ? spot.at : at };
    const name = isScalar(key) ? String(key.value) : null;
    if (name === null) report(syntaxFault('NON_STRING_KEY'), here, walk);
    else if (value === null && /^[a-z-]+:\S/.test(name)) report(noSpace, here, walk);
    else if (name === '<<') report(mergeKey, here, walk);
    else if (entries.has(name)) report(syntaxFault('DUPLICATE_KEY'), here, walk);
    else {
      const place = value === null ? { ...here, path: [...spot.path, name] } : below(here, name, value, walk);
      entries.set(name, { key: here.at, value: visit(value as Node | null, place, walk) });
    }
  }
  return entries;
}

function visitAlias(name: string, spot: Spot, walk: Walk): Tree {
  const target = walk.anchors.get(name);
  if (target !== undefined && !walk.open.has(target) && walk.aliased < mostAliased) {
    return visit(target, { ...spot, aliased: true }, walk);
  }
  // `***` without quotes is an alias to YAML: the text says more to whoever reads the value.
  if (isMasked(`*${name}`)) return { kind: 'text', text: `*${name}`, at: spot.at };
  report(syntaxFault(walk.aliased < mostAliased ? 'BAD_ALIAS' : 'RESOURCE_EXHAUSTION'), spot, walk);
  return { kind: 'text', text: '', at: spot.at };
}

/** Inside an alias everything stands where the alias stands: that is the line to look at. */
function below(spot: Spot, step: string | number, node: unknown, walk: Walk): Spot {
  const offset = (node as ParsedNode | null)?.range?.[0];
  const at = spot.aliased || offset === undefined ? spot.at : walk.position(offset);
  return { path: [...spot.path, step], at, aliased: spot.aliased };
}

function report(fault: Fault, { path, at }: Spot, walk: Walk): void {
  walk.problems.push({ fault, path, at });
}

const notAMapping: Fault = {
  code: 'manifest-not-a-mapping',
  message: 'The manifest is not a mapping of keys to values.',
  hint: 'Start with `version: 1` and `credentials:` on lines of their own, or give base64 of such a text in UTF-8. A single secret is not a manifest, and a path must be absolute.',
};
const noSpace: Fault = {
  code: 'yaml-colon-space',
  message: 'There is no space after the colon.',
  hint: 'Write `key: value`: { env: NAME }.',
};
const mergeKey: Fault = {
  code: 'yaml-merge-key',
  message: 'Merge keys (<<) are not read.',
  hint: 'Write the keys out.',
};
const noValue: Fault = {
  code: 'value-empty',
  message: 'There is no value.',
  hint: 'Write one, or leave the key out. An empty variable may have been put here.',
};
