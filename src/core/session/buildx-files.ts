import { basicAuth } from '../login.ts';
import type { RegistryScope } from '../manifest/manifest.ts';
import { Secret } from '../secret.ts';
import type { Selection } from '../selection/selection.ts';
import { scopeCovers } from '../target/registry-scope.ts';
import type { HostLogin } from './docker-config.ts';
import { dockerKey } from './docker-key.ts';
import type { Grant } from './grant.ts';
import type { SettledScope } from './registry-scopes.ts';
import type { SessionFile } from './session-plan.ts';

/**
 * buildx looks for a login of exactly one repository before it takes docker's one of the host. So the targets whose
 * credential is another one get a folder of their own: https://docs.docker.com/build/building/registry-auth/
 */
export function buildxFiles(
  scopes: readonly SettledScope[],
  logins: readonly HostLogin[],
  selections: readonly Selection[],
): readonly SessionFile[] {
  const files = selections.flatMap(({ target }): readonly (readonly [string, SessionFile])[] => {
    if (target.kind !== 'registry' || target.segments.length === 0) return [];
    const { host, segments } = target;
    const grant = grantAt(scopes, target);
    const ofHost = logins.find((login) => login.host === host)?.login;
    if (grant === null || ofHost === undefined || grant.login === ofHost) return [];
    // Host and path have passed the grammars of their kind: neither can lead out of the folder.
    const name = `docker/buildx/config/${buildxHost(host)}/${segments.join('/')}/config.json`;
    const auths = { [dockerKey(host)]: { auth: basicAuth(grant.login) } };
    return [[name, { name, content: new Secret(`${JSON.stringify({ auths }, null, 2)}\n`) }]];
  });
  return [...new Map(files).values()];
}

function grantAt(scopes: readonly SettledScope[], place: RegistryScope): Grant | null {
  const around = scopes.filter(({ scope }) => scopeCovers(scope, place));
  const [nearest] = around.toSorted((a, b) => b.scope.segments.length - a.scope.segments.length);
  return nearest?.grant ?? null;
}

/** The host that is asked, which for Docker Hub is not the one of its images. */
function buildxHost(host: string): string {
  return host === 'docker.io' ? 'registry-1.docker.io' : host;
}
