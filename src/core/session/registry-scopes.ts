import { group } from '../group.ts';
import type { RegistryScope } from '../manifest/manifest.ts';
import { choose } from '../selection/choose.ts';
import type { RegistryTarget } from '../target/target.ts';
import { boundaries, pathKey } from './boundaries.ts';
import { type Claims, claimant } from './claims.ts';
import { type GitGrant, type Grant, jobToken } from './grant.ts';
import type { Scene } from './scene.ts';

/** A registry or a namespace of it, and who signs in there; null where nobody may though somebody does above. */
export interface SettledScope {
  readonly scope: RegistryScope;
  readonly grant: Grant | null;
}

/** A scope that somebody named, and what selection said when it was a target. */
interface Named {
  readonly scope: RegistryScope;
  readonly target: { readonly access: 'read' | 'write'; readonly credential: string | null } | null;
}

/**
 * Who signs in to which registry and namespace, so that clients which choose by namespace choose as selection does.
 * The shortest first.
 */
export function registryScopes(scene: Scene): readonly SettledScope[] {
  const grants = scene.grants.filter(isForRegistries);
  const claims = claimsOf(grants);
  const hosts = new Set(grants.flatMap(({ registries }) => registries.map(({ host }) => host)));
  const named = [...declared([...grants, ...scene.catalog.credentials]), ...targets(scene)].filter(
    ({ scope }) => hosts.has(scope.host),
  );
  // The last of one key stays: targets are named after what credentials declare, those to be written last.
  const latest = new Map(named.map((one) => [pathKey(pathOf(one.scope)), one]));
  const points = [...latest.values()].map(({ scope, target }) => {
    const winner =
      target === null ? chosenAt(scope, claims, scene) : claimant(claims, { path: pathOf(scope), ...target });
    return { scope, path: pathOf(scope), winner };
  });
  return boundaries(points).map(({ point }) => ({ scope: point.scope, grant: point.winner }));
}

function claimsOf(grants: readonly Grant[]): Claims<Grant> {
  return group(
    grants.flatMap((grant) => grant.registries.map((scope) => [pathKey(pathOf(scope)), grant] as const)),
  );
}

function declared(all: readonly Pick<Grant, 'registries'>[]): readonly Named[] {
  return all.flatMap(({ registries }) => registries.map((scope) => ({ scope, target: null })));
}

function isForRegistries(grant: GitGrant): grant is Grant {
  return 'registries' in grant;
}

function targets({ selections }: Scene): readonly Named[] {
  const named = selections.flatMap(({ target, credential }) => {
    if (target.kind !== 'registry') return [];
    const { host, segments, access } = target;
    return [{ scope: { host, segments }, target: { access, credential: credential?.name ?? null } }];
  });
  const written = named.filter(({ target }) => target.access === 'write');
  return [...named, ...written];
}

/** No repository is called `*`, so this asks who serves what nobody named. */
function chosenAt(
  scope: RegistryScope,
  claims: Claims<Grant>,
  { catalog, circumstances }: Scene,
): Grant | null {
  const own = claims.get(pathKey(pathOf(scope)))?.find(({ credential }) => credential === jobToken);
  if (own !== undefined) return own;
  const target: RegistryTarget = {
    kind: 'registry',
    given: '',
    host: scope.host,
    segments: [...scope.segments, '*'],
    access: 'read',
    pinned: null,
    place: null,
  };
  const credential = choose(catalog, target, circumstances).credential?.name ?? null;
  return claimant(claims, { path: pathOf(scope), credential, access: 'read' });
}

function pathOf({ host, segments }: RegistryScope): readonly string[] {
  return [host, ...segments];
}
