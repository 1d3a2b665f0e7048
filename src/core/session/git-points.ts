import { group } from '../group.ts';
import type { Location } from '../location.ts';
import { type Point, pathKey } from './boundaries.ts';
import { isBare, prefixesAt } from './git-prefixes.ts';
import { type Mention, winners } from './git-winners.ts';
import type { GitGrant, GitPrefix } from './grant.ts';
import { originOf, pathOf, type Scene } from './scene.ts';

/** A place that somebody named: each naming of it, and who signs in there. */
export interface GitPoint extends Point<GitGrant> {
  readonly mentions: readonly Mention[];
}

/**
 * Every place at which the credential of an address may change: where grants claim to serve, the targets, the base
 * URLs of all credentials, the repositories that Apps are limited to. Only on hosts that some grant serves.
 */
export function gitPoints(scene: Scene): readonly GitPoint[] {
  const claims = scene.grants.flatMap(({ git }) => git.map(untargeted));
  const origins = new Set(claims.map(({ location }) => originOf(location)));
  const named = [...claims, ...targets(scene), ...bases(scene)];
  const ours = named.filter(({ location }) => origins.has(originOf(location)));
  const groups = group(ours.map((mention) => [pathKey(pathOf(mention.location, scene)), mention]));
  const winnerAt = winners(scene);
  return [...groups].map(([key, mentions]) => {
    const path = key.split('\n');
    return { path, mentions, winner: winnerAt(path, mentions) };
  });
}

function untargeted(prefix: GitPrefix): Mention {
  return { ...prefix, target: null };
}

function targets({ selections }: Scene): readonly Mention[] {
  return selections.flatMap(({ target, credential }) => {
    if (target.kind !== 'repository') return [];
    const kind = target.wildcard ? 'namespace' : 'repository';
    const selected = { access: target.access, credential: credential?.name ?? null };
    return [{ location: target.location, kind, bare: isBare(target), target: selected } as const];
  });
}

/** Selection may change at each of these, also where a credential is not used in this job. */
function bases({ catalog, hosts, grants }: Scene): readonly Mention[] {
  const owners = grants.flatMap(({ git }) => git.filter(({ kind }) => kind === 'namespace'));
  return catalog.credentials.flatMap(({ base, provider, signIn }) => {
    if (provider === 'registry') return [];
    const below = base === null ? owners.map(({ location }) => location) : [base];
    const names = signIn.kind === 'app' && typeof signIn.repositories !== 'string' ? signIn.repositories : [];
    const limits = below.flatMap((location) => names.map((name) => repositoryBelow(location, name)));
    return [...(base === null ? [] : prefixesAt(base, hosts)), ...limits].map(untargeted);
  });
}

/** Apps may be limited to repositories by name, with or without the owner. */
function repositoryBelow(location: Location, name: string): GitPrefix {
  const segments = [...location.segments.slice(0, 1), name.slice(name.lastIndexOf('/') + 1)];
  return { location: { ...location, segments }, kind: 'repository', bare: false };
}
