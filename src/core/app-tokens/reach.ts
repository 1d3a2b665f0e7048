import { group } from '../group.ts';
import type { Location } from '../location.ts';
import type { AppSignIn, Credential } from '../manifest/manifest.ts';
import type { Use } from '../selection/uses.ts';
import type { RepositoryTarget } from '../target/target.ts';
import { aboveCeiling, needsAll, noOwner, nothingListed, type Unserved } from './unserved.ts';

export type AnyApp = AppSignIn<unknown, unknown>;
type Access = 'read' | 'write';

/** What an App shall reach at one owner. */
export interface Reach {
  readonly origin: Location;
  readonly owner: string;
  /** Everything of the installation; null when it is limited to `repositories`. */
  readonly everything: Access | null;
  readonly repositories: readonly ReachedRepository[];
}

/** One repository, named once, with the higher access of the targets that name it. */
export interface ReachedRepository {
  readonly location: Location;
  readonly access: Access;
  /** Whether a target named it without `.git`. */
  readonly bare: boolean;
}

export interface Reaches {
  readonly reaches: readonly Reach[];
  readonly unserved: readonly Unserved[];
}

/** What an App shall reach: the targets, or without any what its base URL and `repositories` name. */
export function reachesOf({ credential, repositories }: Use, app: AnyApp): Reaches {
  return repositories === 'all' ? fromBase(credential, app) : fromTargets(credential, app, repositories);
}

/** Whether the manifest lets the token reach all of an installation; a base URL of one repository does not. */
export function mayReachAll({ base }: Credential, app: AnyApp): boolean {
  return app.repositories === 'all' && (base?.segments.length ?? 0) < 2;
}

function fromBase(credential: Credential, app: AnyApp): Reaches {
  const { base } = credential;
  const everything = mayReachAll(credential, app) ? 'read' : null;
  const names = namesOf(credential, app);
  if (everything === null && names.length === 0) return none(nothingListed(credential));
  const [owner] = base?.segments ?? [];
  if (base === null || owner === undefined) return none(noOwner(credential));
  const repositories = names.map((name): ReachedRepository => {
    return { location: { ...base, segments: [owner, name] }, access: 'read', bare: false };
  });
  return { reaches: [{ origin: { ...base, segments: [] }, owner, everything, repositories }], unserved: [] };
}

function none(why: Unserved): Reaches {
  return { reaches: [], unserved: [why] };
}

/** Repositories that the manifest names without a target: that of the base URL, below the ceiling, or the ceiling. */
export function namesOf({ base }: Credential, app: AnyApp): readonly string[] {
  const [, only] = base?.segments ?? [];
  if (only !== undefined) return isNamed(only, app) ? [only] : [];
  return typeof app.repositories === 'string' ? [] : app.repositories;
}

/** Security rule 15: names in the manifest are a ceiling for what targets ask for. */
function isNamed(name: string, { repositories }: AnyApp): boolean {
  if (typeof repositories === 'string') return true;
  return repositories.some((allowed) => allowed.toLowerCase() === name.toLowerCase());
}

function fromTargets(credential: Credential, app: AnyApp, targets: readonly RepositoryTarget[]): Reaches {
  const wide = targets.filter(isWide);
  const outside = targets.filter(
    (target) => !isWide(target) && !isNamed(target.location.segments[1] ?? '', app),
  );
  const all = mayReachAll(credential, app);
  const served = targets.filter((target) => !outside.includes(target));
  return {
    reaches: byOwner(served).map((group) => reachOf(group, all)),
    unserved: [
      ...(all || wide.length === 0 ? [] : [needsAll(credential, wide)]),
      ...(outside.length === 0 ? [] : [aboveCeiling(credential, outside)]),
    ],
  };
}

function isWide({ wildcard, location }: RepositoryTarget): boolean {
  return wildcard || location.segments.length < 2;
}

function byOwner(targets: readonly RepositoryTarget[]): readonly (readonly RepositoryTarget[])[] {
  const ownerOf = ({ location: { scheme, host, segments } }: RepositoryTarget) =>
    `${scheme}://${host}/${segments[0]}`.toLowerCase();
  return [...group(targets.map((target) => [ownerOf(target), target] as const)).values()];
}

function reachOf(targets: readonly RepositoryTarget[], all: boolean): Reach {
  const location = targets[0]?.location as Location;
  const reached = new Map<string, ReachedRepository>();
  for (const target of targets.filter((one) => !isWide(one))) {
    const name = target.location.segments[1]?.toLowerCase() ?? '';
    reached.set(name, joined(target, reached.get(name)));
  }
  const everything = targets.some((one) => isWide(one) && one.access === 'write') ? 'write' : 'read';
  return {
    origin: { ...location, segments: [] },
    owner: location.segments[0] ?? '',
    everything: all ? everything : null,
    repositories: [...reached.values()],
  };
}

function joined(
  { location, access, given }: RepositoryTarget,
  known: ReachedRepository | undefined,
): ReachedRepository {
  const bare = !/\.git\/*$/i.test(given);
  if (known === undefined) return { location, access, bare };
  return { ...known, access: known.access === 'write' ? 'write' : access, bare: known.bare || bare };
}
