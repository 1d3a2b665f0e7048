import type { Location } from '../location.ts';
import type { RegistryScope } from '../manifest/manifest.ts';
import type { Use } from '../selection/uses.ts';
import type { RegistryTarget } from '../target/target.ts';
import type { OwnMint } from './mint-plan.ts';
import { type Permissions, permissionsText, union } from './permissions.ts';
import { type AnyApp, mayReachAll, namesOf, type Reach } from './reach.ts';
import { noOwner, nothingListed, type Unserved } from './unserved.ts';

interface Asked {
  readonly use: Use;
  readonly app: AnyApp;
  /** What the App reaches for git. */
  readonly reaches: readonly Reach[];
}

interface Wanted {
  readonly scope: RegistryScope;
  readonly access: 'read' | 'write';
  /** Null for one that the credential names itself. */
  readonly target: RegistryTarget | null;
}

const publicOrigin: Location = { scheme: 'https', host: 'github.com', segments: [] };

/**
 * The tokens for registries: `packages: read` or `write` and nothing else, limited to the repositories that are
 * listed for that owner (a package belongs to one).
 */
export function registryMints(asked: Asked): { mints: readonly OwnMint[]; unserved: readonly Unserved[] } {
  const mints = new Map<string, OwnMint>();
  const unserved: Unserved[] = [];
  for (const wanted of wantedScopes(asked.use)) {
    const mint = mintFor(wanted, asked);
    if ('problem' in mint) {
      unserved.push(mint);
      continue;
    }
    const key = `${mint.owner.toLowerCase()} ${permissionsText(mint.permissions)}`;
    const known = mints.get(key);
    mints.set(
      key,
      known === undefined ? mint : { ...known, registries: [...known.registries, wanted.scope] },
    );
  }
  return { mints: [...mints.values()], unserved };
}

function wantedScopes({ credential, registries }: Use): readonly Wanted[] {
  if (registries === 'all') {
    return credential.registries.map((scope) => ({ scope, access: 'read', target: null }));
  }
  return registries.map((target) => ({
    scope: { host: target.host, segments: target.segments },
    access: target.access,
    target,
  }));
}

function mintFor({ scope, access, target }: Wanted, asked: Asked): OwnMint | Unserved {
  const { credential } = asked.use;
  const owner = ownerOf(scope, asked);
  const targets = target === null ? [] : [target];
  if (owner === null) return noOwner(credential, targets);
  const repositories = repositoriesOf(owner, asked);
  if (repositories.length === 0) return nothingListed(credential, targets);
  return {
    credential,
    origin: credential.base === null ? publicOrigin : { ...credential.base, segments: [] },
    owner,
    repositories,
    permissions: packages(access, asked.app.permissions),
    git: [],
    registries: [scope],
  };
}

/** `ghcr.io/acme/tool` says it; else the base URL, or the one owner whose repositories are targets. */
function ownerOf(scope: RegistryScope, { use, reaches }: Asked): string | null {
  const [named] = scope.segments;
  const [reach, ...others] = reaches;
  return named ?? use.credential.base?.segments[0] ?? (others.length === 0 ? (reach?.owner ?? null) : null);
}

function repositoriesOf(owner: string, { use, app, reaches }: Asked): 'all' | readonly string[] {
  if (mayReachAll(use.credential, app)) return 'all';
  const reach = reaches.find((one) => one.owner.toLowerCase() === owner.toLowerCase());
  if (reach !== undefined)
    return reach.repositories.map(({ location }) => location.segments[1] ?? '').slice(0, 500);
  const own = use.credential.base?.segments[0]?.toLowerCase() === owner.toLowerCase();
  return own ? namesOf(use.credential, app) : [];
}

function packages(access: 'read' | 'write', further: Permissions): Permissions {
  const more = Object.entries(further).filter(([name]) => name === 'packages');
  return union({ packages: access }, Object.fromEntries(more));
}
