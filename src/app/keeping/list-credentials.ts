import { locationUrl } from '../../core/location.ts';
import type { Credential, Manifest } from '../../core/manifest/manifest.ts';
import { scopeText } from '../../core/target/registry-scope.ts';
import { targetText } from '../../core/target/target-text.ts';
import type { ListedCredential } from '../../report/credential-list.ts';
import { selectReadable } from '../setup/selected.ts';

/** All credentials of a manifest, and what each is used for in one environment. */
export function listCredentials(
  manifest: Manifest,
  { now, environment }: { now: Date; environment: string | null },
): readonly ListedCredential[] {
  const request = { manifest, repositories: null, registries: null, credentials: null, environment };
  const { selections } = selectReadable(request, now);
  return manifest.credentials.map((credential) => ({
    name: credential.name,
    provider: credential.provider,
    covers: coveredBy(credential),
    status: statusOf(credential, now),
    expires: credential.expires,
    environments: credential.environments,
    contact: credential.contact,
    usedBy: selections.filter((one) => one.credential === credential).map(({ target }) => targetText(target)),
  }));
}

function coveredBy({ base, registries }: Credential): readonly string[] {
  const places = registries.map(scopeText);
  return [...(base === null ? [] : [locationUrl(base)]), ...places];
}

function statusOf({ active, expires }: Credential, now: Date): ListedCredential['status'] {
  if (!active) return 'inactive';
  return expires instanceof Date && expires <= now ? 'expired' : 'active';
}
