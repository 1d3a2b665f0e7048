import { group } from '../group.ts';
import type { Rewrite } from '../host-rules.ts';
import { type Location, locationUrl } from '../location.ts';
import type { SshAddress } from '../manifest/manifest.ts';
import { webSite } from '../target/hosts.ts';
import { type Boundary, pathKey } from './boundaries.ts';
import type { GitPoint } from './git-points.ts';
import type { GitPrefix } from './grant.ts';
import { originOf, pathOf, type Scene } from './scene.ts';

/** How one place may be written. */
export interface GitNames {
  /**
   * Over https: as manifest, targets and hosts spell it, the way it is compared (in lower case where case does not
   * count), and below each spelling of the place above, which would serve it otherwise. Ask from the top down.
   */
  readonly spellings: (boundary: Boundary<GitPoint>) => readonly Location[];
  /** Over ssh and otherwise. */
  readonly rewrites: (prefix: GitPrefix) => readonly Rewrite[];
}

export function gitNames(points: readonly GitPoint[], scene: Scene): GitNames {
  const seen = locationsByPath(points);
  const below = (path: readonly string[]) => seen.get(pathKey(path)) ?? [];
  const written = new Map<GitPoint, readonly Location[]>();
  const addresses = sshAddresses(scene);
  return {
    spellings: ({ point, above }) => {
      const outer = above === null ? [] : (written.get(above.point) ?? []);
      const found = spellingsOf(point, below(point.path), outer);
      written.set(point, found);
      return found;
    },
    rewrites: ({ location, kind }) => {
      const { root, provider } = webSite(scene.hosts, location.scheme, location.host);
      const rules = provider === null ? undefined : scene.catalog.rules.get(provider);
      const ssh = addresses.get(originOf(location)) ?? [];
      const targets = below(pathOf(location, scene));
      return rules?.rewrites({ location, kind, addresses: ssh, root, targets }) ?? [];
    },
  };
}

/** Every location that was named, under each path that it lies on. */
function locationsByPath(points: readonly GitPoint[]): Map<string, Location[]> {
  const onPaths = points.flatMap(({ path, mentions }) =>
    path.flatMap((_segment, index) => {
      const key = pathKey(path.slice(0, index + 1));
      return mentions.map(({ location }) => [key, location] as const);
    }),
  );
  return group(onPaths);
}

/** They are the host's, whichever credential names them. */
function sshAddresses({ catalog }: Scene): Map<string, SshAddress[]> {
  return group(
    catalog.credentials.flatMap(({ base, ssh }) =>
      base === null ? [] : ssh.map((address) => [originOf(base), address] as const),
    ),
  );
}

function spellingsOf(
  { path, mentions }: GitPoint,
  seen: readonly Location[],
  outer: readonly Location[],
): readonly Location[] {
  const [mention] = mentions;
  if (mention === undefined) return [];
  const at = (segments: readonly string[]): Location => ({ ...mention.location, segments });
  const whole = [...seen.map(({ segments }) => segments.slice(0, path.length - 1)), path.slice(1)];
  const inside = outer.flatMap(({ segments: start }) =>
    whole.map((segments) => [...start, ...segments.slice(start.length)]),
  );
  return [
    ...new Map([...whole, ...inside].map(at).map((location) => [locationUrl(location), location])).values(),
  ];
}
