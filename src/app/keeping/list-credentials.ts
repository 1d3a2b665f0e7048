import { locationUrl } from '../../core/location.ts';
import type { Credential, Manifest } from '../../core/manifest/manifest.ts';
import { targetText } from '../../core/target/target-text.ts';
import { selectReadable } from '../setup/selected.ts';

/** One line of the list: nothing in it is secret. */
export interface ListedCredential {
  readonly name: string;
  readonly provider: string;
  /** What it is for: a base URL, or registries. */
  readonly covers: readonly string[];
  readonly status: 'active' | 'inactive' | 'expired';
  /** When it ends: `never`, an instant, or null when the manifest does not say. */
  readonly expires: Date | 'never' | null;
  readonly environments: readonly string[] | null;
  readonly contact: string | null;
  /** The manifest's targets that it serves. */
  readonly usedBy: readonly string[];
}

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
  const places = registries.map(({ host, segments }) => [host, ...segments].join('/'));
  return [...(base === null ? [] : [locationUrl(base)]), ...places];
}

function statusOf({ active, expires }: Credential, now: Date): ListedCredential['status'] {
  if (!active) return 'inactive';
  return expires instanceof Date && expires <= now ? 'expired' : 'active';
}
