import { choose } from '../selection/choose.ts';
import { webSite } from '../target/hosts.ts';
import type { RepositoryTarget } from '../target/target.ts';
import { pathKey } from './boundaries.ts';
import type { Mention } from './git-points.ts';
import { type GitScene, pathOf } from './git-scene.ts';
import { type GitGrant, jobToken } from './grant.ts';

/** Grants by the paths at which they claim to serve. */
type Claims = ReadonlyMap<string, readonly GitGrant[]>;

type Path = readonly string[];

/**
 * Who signs in at a place: at targets whom selection chose for them, at the job's own repository its own token, else
 * whom selection would choose for a read of something there. Null when that one has no sign-in in this job.
 */
export function winners(scene: GitScene): (path: Path, mentions: readonly Mention[]) => GitGrant | null {
  const claims = claimsOf(scene);
  return (path, mentions) => {
    const target = strongest(mentions);
    if (target !== null) return grantOf(claims, target.credential, { path, access: target.access });
    const own = claims.get(pathKey(path))?.find(({ credential }) => credential === jobToken);
    return own ?? grantOf(claims, chosenAt(scene, mentions), { path, access: 'read' });
  };
}

function claimsOf(scene: GitScene): Claims {
  const claims = new Map<string, GitGrant[]>();
  for (const grant of scene.grants) {
    for (const { location } of grant.git) {
      const key = pathKey(pathOf(location, scene));
      claims.set(key, [...(claims.get(key) ?? []), grant]);
    }
  }
  return claims;
}

/** One repository may be listed twice; git signs in alike for both, so the one that writes counts. */
function strongest(mentions: readonly Mention[]): Mention['target'] {
  const targets = mentions.flatMap(({ target }) => target ?? []);
  return targets.find(({ access }) => access === 'write') ?? targets[0] ?? null;
}

/** A credential has several grants when its App is installed at several owners, or needs different rights. */
function grantOf(
  claims: Claims,
  credential: string | null,
  { path, access }: { readonly path: Path; readonly access: 'read' | 'write' },
): GitGrant | null {
  for (let length = path.length; length > 0; length -= 1) {
    const here = claims.get(pathKey(path.slice(0, length))) ?? [];
    const grants = here.filter((grant) => grant.credential === credential);
    const fitting = grants.find((grant) => (grant.access === 'read') === (access === 'read'));
    if (grants.length > 0) return fitting ?? grants[0] ?? null;
  }
  return null;
}

/** No repository is called `*`, so this asks who serves what nobody named. */
function chosenAt({ catalog, hosts, circumstances }: GitScene, mentions: readonly Mention[]): string | null {
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
