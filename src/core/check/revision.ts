import type { Ref } from './advertisement.ts';
import type { Revision } from './result.ts';

/** What a revision turned out to be. */
export type Resolved =
  | { readonly kind: 'found'; readonly revision: Revision }
  /** No branch and no tag, but a whole commit id: the repository must be asked whether it has it. */
  | { readonly kind: 'commit'; readonly sha: string }
  /** The beginning of a commit id, which no server completes. */
  | { readonly kind: 'abbreviated' }
  /** A repository without commits has no default branch. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'none'; readonly nearest: readonly string[] };

/** Finds a revision: the default branch when none is named, else a branch, a tag or a commit, in this order. */
export function resolveRevision(wanted: string | null, refs: readonly Ref[]): Resolved {
  if (wanted === null || wanted === 'HEAD') return defaultBranch(refs);
  const found = [`refs/heads/${wanted}`, `refs/tags/${wanted}`, wanted].flatMap(
    (name) => refs.find((ref) => ref.name === name) ?? [],
  )[0];
  if (found !== undefined) return { kind: 'found', revision: { name: wanted, sha: found.sha } };
  const id = wanted.toLowerCase();
  if (/^[\da-f]{40}(?:[\da-f]{24})?$/.test(id)) {
    const tip = refs.find((ref) => ref.sha === id);
    return tip === undefined
      ? { kind: 'commit', sha: id }
      : { kind: 'found', revision: { name: wanted, sha: id } };
  }
  if (/^[\da-f]{7,63}$/.test(id)) return abbreviated(wanted, refs);
  return { kind: 'none', nearest: nearestNames(wanted, revisionNames(refs)) };
}

function defaultBranch(refs: readonly Ref[]): Resolved {
  const head = refs.find(({ name }) => name === 'HEAD');
  if (head === undefined) return { kind: 'empty' };
  return { kind: 'found', revision: { name: shortName(head.target ?? 'HEAD'), sha: head.sha } };
}

function abbreviated(wanted: string, refs: readonly Ref[]): Resolved {
  const tips = new Set(refs.filter(({ sha }) => sha.startsWith(wanted.toLowerCase())).map(({ sha }) => sha));
  const [only] = tips;
  return tips.size === 1 && only !== undefined
    ? { kind: 'found', revision: { name: wanted, sha: only } }
    : { kind: 'abbreviated' };
}

/** Branches and tags, without their `refs/` part. */
export function revisionNames(refs: readonly Ref[]): readonly string[] {
  const named = refs.filter(({ name }) => /^refs\/(?:heads|tags)\//.test(name));
  return [...new Set(named.map(({ name }) => shortName(name)))];
}

function shortName(name: string): string {
  return name.replace(/^refs\/(?:heads|tags)\//, '');
}

/** Characters of a name that count: names come from the host, and comparing is quadratic. */
const longest = 100;

/** The three names that look most like a wanted one: `v2.1` has `v2.1.0`, `mian` has `main`. */
export function nearestNames(wanted: string, names: readonly string[]): readonly string[] {
  const like = wanted.toLowerCase().slice(0, longest);
  const scored = names.map((name) => ({
    name,
    distance: unlikeness(like, name.toLowerCase().slice(0, longest)),
  }));
  const near = scored.filter(
    ({ name, distance }) => distance <= Math.max(2, Math.max(like.length, name.length) / 2),
  );
  return near
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein's distance, less where one name begins the other. */
function unlikeness(a: string, b: string): number {
  if (a.startsWith(b) || b.startsWith(a)) return Math.abs(a.length - b.length) / 4;
  let row = Array.from({ length: b.length + 1 }, (_none, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
