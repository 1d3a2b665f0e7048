import type { Rewrite } from '../host-rules.ts';
import type { Location } from '../location.ts';
import { type Boundary, boundaries, nearest, pathKey } from './boundaries.ts';
import { type GitNames, gitNames } from './git-names.ts';
import { type GitPoint, gitPoints } from './git-points.ts';
import type { GitGrant, GitPrefix } from './grant.ts';
import type { Scene } from './scene.ts';

/** A prefix with its ssh spellings, and what happens there. */
export type GitSection<SignIn> = { readonly prefix: GitPrefix; readonly rewrites: readonly Rewrite[] } & (
  | ({ readonly does: 'sign-in' } & SignIn)
  /** Nobody signs in here, though somebody does above. */
  | { readonly does: 'block' }
  /** Begins like the rewriting rule of a repository without `.git`, and must not be taken by it (security rule 11). */
  | { readonly does: 'guard' }
);

export type GrantedSection = GitSection<{ readonly grant: GitGrant }>;

/**
 * What to write so that git chooses as selection does, for the targets and for all below the prefixes that are
 * written, and leaves everything else as it was.
 */
export function gitSections(scene: Scene): readonly GrantedSection[] {
  const points = gitPoints(scene);
  const kept = boundaries(points);
  const names = gitNames(points, scene);
  return [...kept.flatMap((boundary) => sectionsAt(boundary, names)), ...guards(points, kept, names)];
}

function sectionsAt(boundary: Boundary<GitPoint>, names: GitNames): readonly GrantedSection[] {
  const { winner, mentions } = boundary.point;
  const does = winner === null ? ({ does: 'block' } as const) : ({ does: 'sign-in', grant: winner } as const);
  return prefixes(mentions, names.spellings(boundary)).map((prefix) => ({
    prefix,
    rewrites: names.rewrites(prefix),
    ...does,
  }));
}

function prefixes(mentions: GitPoint['mentions'], locations: readonly Location[]): readonly GitPrefix[] {
  const bare = mentions.some((mention) => mention.bare);
  const kinds = [...new Set(mentions.map(({ kind }) => kind))];
  return locations.flatMap((location) =>
    kinds.map((kind) => ({ location, kind, bare: bare && kind === 'repository' })),
  );
}

/** Places without any sign-in of ours whose names begin like a repository that is served without `.git`. */
function guards(
  points: readonly GitPoint[],
  kept: readonly Boundary<GitPoint>[],
  names: GitNames,
): readonly GrantedSection[] {
  const written = new Map(kept.map((boundary) => [pathKey(boundary.point.path), boundary]));
  const bare = kept
    .filter(({ point }) => point.winner !== null && point.mentions.some((mention) => mention.bare))
    .map(({ point }) => pathKey(point.path));
  return points
    .filter(({ path }) => !written.has(pathKey(path)) && nearest(written, path) === null)
    .filter(({ path }) => bare.some((start) => pathKey(path).startsWith(start)))
    .flatMap((point) => prefixes(point.mentions, names.spellings({ point, above: null })))
    .map((prefix) => ({ ...prefix, bare: prefix.kind === 'repository' }))
    .map((prefix) => ({ prefix, rewrites: names.rewrites(prefix), does: 'guard' }));
}
