import type { RegistryScope } from '../manifest/manifest.ts';
import { scopeText } from '../target/registry-scope.ts';

/** How docker calls Docker Hub in `auths` and `credHelpers`. */
const hubKey = 'https://index.docker.io/v1/';

const hubHosts = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** The key of a host in docker's `auths` and `credHelpers`: https://docs.docker.com/reference/cli/docker/login/ */
export function dockerKey(host: string): string {
  return host === 'docker.io' ? hubKey : host;
}

/** The key of a scope in containers-auth.json(5). */
export function containersKey(scope: RegistryScope): string {
  return scopeText(scope);
}

/**
 * What a key of an existing file stands for: a host, or a host and a namespace. docker once wrote addresses such as
 * `https://ghcr.io/v1/`, whose path is no namespace.
 */
export function scopeOfKey(key: string): RegistryScope {
  const address = key.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const [name = '', ...segments] = address.split('/');
  const host = hubHosts.has(name) ? 'docker.io' : name;
  const isAddress = address !== key || /^v[12]$/.test(segments[0] ?? '');
  return { host, segments: isAddress ? [] : segments };
}
