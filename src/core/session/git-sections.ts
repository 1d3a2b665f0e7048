import type { Rewrite } from '../host-rules.ts';
import type { Location } from '../location.ts';
import type { Answer } from './answer.ts';
import { type Boundary, boundaries, nearest, pathKey } from './boundaries.ts';
import { type GitNames, gitNames } from './git-names.ts';
import { type GitPoint, gitPoints } from './git-points.ts';
import { type GitGrant, type GitPrefix, jobToken } from './grant.ts';
import type { Scene } from './scene.ts';

/** A prefix with its ssh spellings, and what happens there. */
export type GitSection<SignIn> = { readonly prefix: GitPrefix; readonly rewrites: readonly Rewrite[] } & (
  | ({
      readonly does: 'sign-in';
      /** Whether the sign-ins that were there before are asked first: so the job's own where nobody of ours is above it. */
      readonly yields: boolean;
    } & SignIn)
  /** Nobody signs in here, though somebody does above. */
  | { readonly does: 'block' }
  /** Begins like the rewriting rule of a repository without `.git`, and must not be taken by it (security rule 11). */
  | { readonly does: 'guard' }
);

export type GrantedSection = GitSection<{ readonly grant: GitGrant }>;

/** As it is written, and kept for a later setup of the job. */
export type WrittenSection = GitSection<Answer>;

/**
 * What to write so that git chooses as selection does, for the targets and for all below the prefixes that are
 * written, and leaves everything else as it was.
 */
export function gitSections(scene: Scene): readonly GrantedSection[] {
  const points = gitPoints(scene);
  const kept = boundaries(points);
  const names = gitNames(points, scene);
  const written = kept.flatMap((boundary) => sectionsAt(boundary, names));
  return [...written, ...neighbours(points, kept).flatMap((boundary) => neighbourSections(boundary, names))];
}

function sectionsAt(boundary: Boundary<GitPoint>, names: GitNames): readonly GrantedSection[] {
  const { winner, mentions } = boundary.point;
  const found = prefixes(mentions, names.spellings(boundary), isBareRule(boundary));
  return found.map((prefix): GrantedSection => {
    const rewrites = names.rewrites(prefix);
    return winner === null
      ? { prefix, rewrites, does: 'block' }
      : { prefix, rewrites, does: 'sign-in', yields: isLastResort(boundary), grant: winner };
  });
}

/** A checkout may have its own token for the job's repository, one that may do more than the job's. */
function isLastResort({ point, above }: Boundary<GitPoint>): boolean {
  return point.winner?.credential === jobToken && (above?.point.winner ?? null) === null;
}

/**
 * Whether the rule of a repository leaves `.git` out, as somebody wrote it. Where nobody signs in it would take more from
 * its neighbours than it gives, except from an ssh key above, which must not serve it in any spelling.
 */
function isBareRule({ point, above }: Boundary<GitPoint>): boolean {
  const outer = above?.point.winner ?? null;
  const belowKey = outer !== null && 'signIn' in outer && outer.signIn.kind === 'ssh-key';
  return point.mentions.some((mention) => mention.bare) && (point.winner !== null || belowKey);
}

/** Nobody's place stays as it was; another's is written as if it were not the same as what is above it. */
function neighbourSections(boundary: Boundary<GitPoint>, names: GitNames): readonly GrantedSection[] {
  const { point, above } = boundary;
  if (above !== null) return sectionsAt(boundary, names);
  return prefixes(point.mentions, names.spellings(boundary), true).map((prefix) => ({
    prefix,
    rewrites: names.rewrites(prefix),
    does: 'guard',
  }));
}

function prefixes(
  mentions: GitPoint['mentions'],
  locations: readonly Location[],
  bare: boolean,
): readonly GitPrefix[] {
  const kinds = [...new Set(mentions.map(({ kind }) => kind))];
  return locations.flatMap((location) =>
    kinds.map((kind) => ({ location, kind, bare: bare && kind === 'repository' })),
  );
}

/**
 * Known places that need no section but for their names, which begin like a repository that is served without `.git`:
 * its rewriting rule would take them (security rule 11).
 */
function neighbours(
  points: readonly GitPoint[],
  kept: readonly Boundary<GitPoint>[],
): readonly Boundary<GitPoint>[] {
  const written = new Map(kept.map((boundary) => [pathKey(boundary.point.path), boundary]));
  const bare = kept.filter(isBareRule).map(({ point }) => pathKey(point.path));
  return points
    .filter(({ path }) => !written.has(pathKey(path)))
    .filter(({ path }) => bare.some((start) => isAlike(pathKey(path), start)))
    .map((point) => ({ point, above: nearest(written, point.path) }));
}

/** Below a repository is nothing of its neighbours. */
function isAlike(path: string, start: string): boolean {
  return path.startsWith(start) && path[start.length] !== '\n';
}
