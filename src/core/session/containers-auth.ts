import { isObject, type JsonObject, objectAt, textsAt } from '../json.ts';
import { basicAuth } from '../login.ts';
import { scopeCovers } from '../target/registry-scope.ts';
import { containersKey, scopeOfKey } from './docker-key.ts';
import type { SettledScope } from './registry-scopes.ts';

/**
 * The file that podman, buildah and skopeo read: logins by host and namespace, containers-auth.json(5). What the files
 * had that it replaces stays where it is not ours, the first file wins. A helper of a host would hide its namespaces,
 * so our hosts have none; an empty login lets nobody in below a login that would.
 */
export function containersAuth(seeds: readonly JsonObject[], scopes: readonly SettledScope[]): JsonObject {
  const ours = scopes.map(({ scope, grant }) => [
    containersKey(scope),
    grant === null ? {} : { auth: basicAuth(grant.login) },
  ]);
  const hosts = new Set(scopes.map(({ scope }) => scope.host));
  const earlier = [...seeds].reverse();
  const auths = Object.assign({}, ...earlier.map((seed) => loginsOf(seed, scopes)));
  const helpers = Object.assign({}, ...earlier.map((seed) => textsAt(seed, 'credHelpers')));
  const credHelpers = Object.fromEntries(
    Object.entries<string>(helpers).filter(
      ([key, helper]) => helper !== '' && !hosts.has(scopeOfKey(key).host),
    ),
  );
  return {
    auths: { ...auths, ...Object.fromEntries(ours) },
    ...(Object.keys(credHelpers).length > 0 ? { credHelpers } : {}),
  };
}

/** Logins that say something, under the names that these programs look for, except where ours are. */
function loginsOf(seed: JsonObject, scopes: readonly SettledScope[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(objectAt(seed, 'auths'))
      .filter(([, login]) => isObject(login) && Object.keys(login).length > 0)
      .map(([key, login]) => [scopeOfKey(key), login] as const)
      .filter(([scope]) => !scopes.some((settled) => scopeCovers(settled.scope, scope)))
      .map(([scope, login]) => [containersKey(scope), login]),
  );
}
