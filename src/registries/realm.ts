import { isLoopback } from '../core/host.ts';

/** A registry as a credential knows it, for what its token service may be. */
export interface RegistryTrust {
  /** As images name it, with port; Docker Hub is `docker.io`. */
  readonly host: string;
  /** Hosts that the manifest names beside it: `token-realm`, or the git host whose token signs in here. */
  readonly named: readonly string[];
}

/** Public registries whose token service has a host of its own; all others answer on their own host. */
const tokenServices: ReadonlyMap<string, string> = new Map([
  // https://docs.docker.com/reference/api/registry/auth/
  ['docker.io', 'auth.docker.io'],
  // https://docs.gitlab.com/user/packages/container_registry/
  ['registry.gitlab.com', 'gitlab.com'],
]);

/** Where the distribution API of a registry is. Docker Hub's is not under its own name. */
export function apiHost(host: string): string {
  return host === 'docker.io' ? 'registry-1.docker.io' : host;
}

/**
 * The token service that a registry's challenge names, when it may see the password: on the registry's own host, in the
 * table of vendors, or named by the manifest; over https, or loopback to loopback; without user info (security rule 12).
 * Null for every other.
 */
export function trustedRealm(realm: string, { host, named }: RegistryTrust): URL | null {
  const url = URL.canParse(realm) ? new URL(realm) : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  const onLoopback = url.protocol === 'http:' && isLoopback(url.host) && isLoopback(host);
  if (url.protocol !== 'https:' && !onLoopback) return null;
  const trusted = [host, apiHost(host), tokenServices.get(host), ...named];
  return trusted.includes(url.host) ? url : null;
}
