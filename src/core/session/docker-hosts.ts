import { group } from '../group.ts';
import { type JsonObject, objectAt } from '../json.ts';
import { basicAuth, type Login } from '../login.ts';
import type { Selection } from '../selection/selection.ts';
import type { HostLogin } from './docker-config.ts';
import { scopeOfKey } from './docker-key.ts';
import type { Grant } from './grant.ts';
import type { SettledScope } from './registry-scopes.ts';

/** Docker's one login of a host, and why people should know. */
export interface DockerHost extends HostLogin {
  /** Null when there is nothing to say. */
  readonly warning: string | null;
}

/** docker knows one login per host: that of a credential for the whole host, else that of the first target there. */
export function dockerHosts(
  scopes: readonly SettledScope[],
  selections: readonly Selection[],
  config: JsonObject | null,
): readonly DockerHost[] {
  const auths = objectAt(config ?? {}, 'auths');
  return [...group(scopes.map((settled) => [settled.scope.host, settled]))].flatMap(([host, settled]) => {
    const grant = ownerOf(settled, selections);
    if (grant === null) return [];
    const partly =
      settled.every(({ scope }) => scope.segments.length > 0) && hasOther(auths, host, grant.login);
    return [
      { host, login: grant.login, warning: warningOf({ host, grant, several: settled.length > 1, partly }) },
    ];
  });
}

/** Whether there is a login for a host, and not the same: an earlier setup of the job writes what this one does. */
function hasOther(auths: JsonObject, host: string, login: Login): boolean {
  return Object.keys(auths).some(
    (key) => scopeOfKey(key).host === host && objectAt(auths, key).auth !== basicAuth(login),
  );
}

function ownerOf(settled: readonly SettledScope[], selections: readonly Selection[]): Grant | null {
  const whole = settled.find(({ scope }) => scope.segments.length === 0)?.grant;
  if (whole !== undefined && whole !== null) return whole;
  const grants = settled.flatMap(({ grant }) => grant ?? []);
  const host = settled[0]?.scope.host;
  for (const { target, credential } of selections) {
    if (target.kind !== 'registry' || target.host !== host) continue;
    const grant = grants.find((one) => one.credential === credential?.name);
    if (grant !== undefined) return grant;
  }
  return grants[0] ?? null;
}

interface Facts {
  readonly host: string;
  readonly grant: Grant;
  readonly several: boolean;
  /** Whether there was a login for the host, of which a part is ours now. */
  readonly partly: boolean;
}

function warningOf({ host, grant, several, partly }: Facts): string | null {
  const one = `docker knows one login per host: for ${host} it is now that of ${grant.credential}`;
  const others = 'podman, buildah and skopeo choose by namespace, buildx by the images that are targets';
  if (several) return `${one}, whatever the namespace; ${others}.`;
  return partly ? `${one}, in place of the one that was there; ${others}.` : null;
}
