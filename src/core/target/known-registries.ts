import { isFault } from '../fault.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { parseRegistryReference } from './registry-scope.ts';

/** Public hosts that serve images, or images above all. */
const publicHosts =
  /^(?:docker\.io|ghcr\.io|quay\.io|registry\.gitlab\.com|public\.ecr\.aws|mcr\.microsoft\.com|registry\.k8s\.io|nvcr\.io|(?:[a-z]+\.)?gcr\.io|[a-z0-9-]+-docker\.pkg\.dev|[a-z0-9-]+(?:\.[a-z0-9]+\.geo)?\.azurecr\.(?:io|cn|us)|\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws))$/;

/** Tells a registry's host: a public one, or one that the manifest names as such. */
export function knownRegistries({ credentials, targets }: Manifest): (host: string) => boolean {
  const named = new Set(credentials.flatMap(({ registries }) => registries.map(({ host }) => host)));
  for (const { kind, given } of targets) {
    const reference = kind === 'registry' ? parseRegistryReference(given) : null;
    if (reference !== null && !isFault(reference)) named.add(reference.host);
  }
  return (host) => named.has(host) || publicHosts.test(host);
}
