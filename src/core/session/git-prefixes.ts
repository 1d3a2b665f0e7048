import type { Location } from '../location.ts';
import type { Use } from '../selection/uses.ts';
import { type HostTable, webSite } from '../target/hosts.ts';
import type { RepositoryTarget } from '../target/target.ts';
import type { GitPrefix } from './grant.ts';

/**
 * Where git may use a token that reaches all below its base URL: there, or for one of a whole host at the owners of its
 * targets, so that other owners keep the sign-in they had. At the host itself only when the job names no targets.
 */
export function gitPrefixes({ credential, repositories }: Use, hosts: HostTable): readonly GitPrefix[] {
  const { base, provider } = credential;
  if (repositories === 'all') {
    const everything = base ?? publicPlace(hosts, provider);
    return everything === null ? [] : prefixesAt(everything, hosts);
  }
  return repositories.flatMap((target) =>
    base !== null && base.segments.length > rootLength(base, hosts)
      ? prefixesAt(base, hosts)
      : [ownerOf(target, hosts)],
  );
}

/** A base URL of several segments may name a group or a repository; hosts do not tell, so it stands for both. */
export function prefixesAt(location: Location, hosts: HostTable): readonly GitPrefix[] {
  const below = location.segments.length - rootLength(location, hosts);
  if (location.segments.length === 0) return [{ location, kind: 'host', bare: false }];
  const namespace: GitPrefix = { location, kind: 'namespace', bare: false };
  const plain = webSite(hosts, location.scheme, location.host).provider === 'git';
  return below >= 2 || (below === 1 && plain)
    ? [namespace, { ...namespace, kind: 'repository' }]
    : [namespace];
}

/** Whether a target was written without `.git`. */
export function isBare({ given }: Pick<RepositoryTarget, 'given'>): boolean {
  return !/\.git\/*$/i.test(given);
}

function ownerOf(target: RepositoryTarget, hosts: HostTable): GitPrefix {
  const { location, wildcard } = target;
  const segments = location.segments.slice(0, rootLength(location, hosts) + 1);
  const isTarget = segments.length === location.segments.length && !wildcard;
  if (isTarget) return { location, kind: 'repository', bare: isBare(target) };
  return { location: { ...location, segments }, kind: 'namespace', bare: false };
}

function rootLength({ scheme, host }: Location, hosts: HostTable): number {
  return webSite(hosts, scheme, host).root.length;
}

function publicPlace({ rules }: HostTable, provider: string): Location | null {
  const origin = rules.find((rule) => rule.provider === provider)?.publicOrigin ?? null;
  return origin === null ? null : { scheme: 'https', host: new URL(origin).host, segments: [] };
}
