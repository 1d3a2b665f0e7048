import { type JsonObject, objectAt, textsAt } from '../json.ts';
import { basicAuth, type Login } from '../login.ts';
import type { RegistryScope } from '../manifest/manifest.ts';
import { containersKey, dockerKey, scopeOfKey } from './docker-key.ts';

/** What docker had before. */
export interface DockerSeed {
  /** `config.json`; null when there is none. */
  readonly config: JsonObject | null;
  /** Keys for which `credsStore` has a login; null when it does not tell. */
  readonly stored: readonly string[] | null;
}

/** docker knows one login per host: that of the whole host, else that of the first target there. */
export interface HostLogin {
  readonly host: string;
  readonly login: Login;
}

/**
 * docker's configuration with our logins: everything else works as before. Helpers come before `auths`, so ours have
 * none; a `credsStore` would hide ours and becomes a helper for each host that it has a login for. podman and its kin
 * read this file after their own, so nobody is let in to closed namespaces here either; docker knows none.
 */
export function dockerConfig(
  { config, stored }: DockerSeed,
  logins: readonly HostLogin[],
  closed: readonly RegistryScope[] = [],
): JsonObject {
  const { credsStore, ...kept } = config ?? {};
  const ours = new Set(logins.map(({ host }) => host));
  const isOurs = (key: string) => {
    const { host, segments } = scopeOfKey(key);
    return ours.has(host) && segments.length === 0;
  };
  const own = logins.map(({ host, login }) => [dockerKey(host), { auth: basicAuth(login) }] as const);
  const auths = {
    ...Object.fromEntries(own),
    ...without(objectAt(kept, 'auths'), isOurs),
    ...Object.fromEntries(closed.map((scope) => [containersKey(scope), {}])),
  };
  const store = typeof credsStore === 'string' && credsStore !== '' ? credsStore : null;
  const helpers = { ...helpersOf(store, stored ?? []), ...textsAt(kept, 'credHelpers') };
  const hidden = store !== null && stored === null;
  const credHelpers = {
    ...without(helpers, isOurs),
    // An empty helper means the file. Other programs do not know that, so it is for stores that list nothing.
    ...(hidden ? Object.fromEntries(own.map(([key]) => [key, ''])) : {}),
  };
  return {
    ...kept,
    ...(hidden ? { credsStore: store } : {}),
    auths,
    ...(Object.keys(credHelpers).length > 0 || 'credHelpers' in kept ? { credHelpers } : {}),
  };
}

function helpersOf(store: string | null, stored: readonly string[]): Record<string, string> {
  if (store === null) return {};
  return Object.fromEntries(stored.map((key) => [dockerKey(scopeOfKey(key).host), store]));
}

function without<V>(members: Readonly<Record<string, V>>, test: (key: string) => boolean): Record<string, V> {
  return Object.fromEntries(Object.entries(members).filter(([key]) => !test(key)));
}
