import type { Credential } from '../manifest/manifest.ts';
import type { RegistryTarget, RepositoryTarget } from '../target/target.ts';
import { inEnvironment } from './catalog.ts';
import { isExpired } from './ranking.ts';
import type { Circumstances, Selection } from './selection.ts';

/**
 * What one credential is used for in a job: the targets it serves, or `all` that it covers when the job names no
 * targets of that kind, or nothing.
 */
export interface Use {
  readonly credential: Credential;
  readonly repositories: readonly RepositoryTarget[] | 'all';
  readonly registries: readonly RegistryTarget[] | 'all';
}

/**
 * The credentials a job uses. Targets limit the work per kind: with repository targets only credentials that some of
 * them needs are used for git, with none every active one is; the same for registries.
 */
export function planUses(
  credentials: readonly Credential[],
  selections: readonly Selection[],
  circumstances: Circumstances,
): readonly Use[] {
  const listed = new Set(selections.map(({ target }) => target.kind));
  const served = byCredential(selections);
  return credentials
    .filter((credential) => isUsable(credential, circumstances))
    .map((credential): Use => {
      const targets = served.get(credential.name) ?? { repositories: [], registries: [] };
      const git = credential.provider !== 'registry';
      return {
        credential,
        repositories: git && !listed.has('repository') ? 'all' : targets.repositories,
        registries: credential.registries.length > 0 && !listed.has('registry') ? 'all' : targets.registries,
      };
    })
    .filter((use) => use.repositories.length > 0 || use.registries.length > 0);
}

/** Whether a credential may be used at all: active, of this environment, not known to have ended. */
function isUsable(credential: Credential, circumstances: Circumstances): boolean {
  const here = inEnvironment(credential, circumstances.environment);
  return credential.active && here && !isExpired(credential, circumstances);
}

function byCredential(selections: readonly Selection[]) {
  const served = new Map<string, { repositories: RepositoryTarget[]; registries: RegistryTarget[] }>();
  for (const { target, credential } of selections) {
    if (credential === null) continue;
    const targets = served.get(credential.name) ?? { repositories: [], registries: [] };
    if (target.kind === 'repository') targets.repositories.push(target);
    else targets.registries.push(target);
    served.set(credential.name, targets);
  }
  return served;
}
