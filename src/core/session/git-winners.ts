import { group } from '../group.ts';
import { choose } from '../selection/choose.ts';
import { webSite } from '../target/hosts.ts';
import type { RepositoryTarget } from '../target/target.ts';
import { pathKey } from './boundaries.ts';
import { type Claims, claimant } from './claims.ts';
import { type GitGrant, type GitPrefix, jobToken } from './grant.ts';
import { pathOf, type Scene } from './scene.ts';

type Path = readonly string[];

/** A prefix that somebody named, and what selection said when it was a target. */
export interface Mention extends GitPrefix {
  readonly target: { readonly access: 'read' | 'write'; readonly credential: string | null } | null;
}

/**
 * Who signs in at a place: at targets whom selection chose for them, at the job's own repository its own token, else
 * whom selection would choose for a read of something there. Null when that one has no sign-in in this job.
 */
export function winners(scene: Scene): (path: Path, mentions: readonly Mention[]) => GitGrant | null {
  const claims = claimsOf(scene);
  return (path, mentions) => {
    const target = strongest(mentions);
    if (target !== null) return claimant(claims, { path, ...target });
    const own = claims.get(pathKey(path))?.find(({ credential }) => credential === jobToken);
    return own ?? claimant(claims, { path, credential: chosenAt(scene, mentions), access: 'read' });
  };
}

function claimsOf(scene: Scene): Claims<GitGrant> {
  return group(
    scene.grants.flatMap((grant) =>
      grant.git.map(({ location }) => [pathKey(pathOf(location, scene)), grant] as const),
    ),
  );
}

/** One repository may be listed twice; git signs in alike for both, so the one that writes counts. */
function strongest(mentions: readonly Mention[]): Mention['target'] {
  const targets = mentions.flatMap(({ target }) => target ?? []);
  return targets.find(({ access }) => access === 'write') ?? targets[0] ?? null;
}

/** No repository is called `*`, so this asks who serves what nobody named. */
function chosenAt({ catalog, hosts, circumstances }: Scene, mentions: readonly Mention[]): string | null {
  const [mention] = mentions;
  if (mention === undefined) return null;
  const { location } = mention;
  const isRepository = mentions.every(({ kind }) => kind === 'repository');
  const target: RepositoryTarget = {
    kind: 'repository',
    given: '',
    provider: webSite(hosts, location.scheme, location.host).provider,
    location: isRepository ? location : { ...location, segments: [...location.segments, '*'] },
    access: 'read',
    wildcard: false,
    revision: null,
    pinned: null,
    place: null,
  };
  return choose(catalog, target, circumstances).credential?.name ?? null;
}
