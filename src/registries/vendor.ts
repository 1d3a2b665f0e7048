import { Failure } from '../core/failure.ts';
import type { Fetch } from '../core/http/fetch.ts';
import type { Login } from '../core/login.ts';
import type { RegistryScope, ResolvedSignIn } from '../core/manifest/manifest.ts';

/** A resolved sign-in and the registries it is to open. */
export interface RegistryRequest<S = ResolvedSignIn> {
  /** Name of the credential, for messages. */
  readonly credential: string;
  readonly signIn: S;
  readonly registries: readonly RegistryScope[];
}

/** What container tools sign in with at these registries. */
export interface RegistryLogin {
  readonly registries: readonly RegistryScope[];
  readonly login: Login;
  /** Null when the host does not tell. */
  readonly expiresAt: Date | null;
}

export interface Surroundings {
  readonly fetch: Fetch;
  readonly now: () => Date;
}

/** What a vendor's sign-in needs to know of its registries. */
export interface VendorHosts<T> {
  /** Null for hosts that are not the vendor's; exact patterns only (security rule 10). */
  readonly endpoint: (host: string) => T | null;
  /** `AWS keys sign in to Amazon ECR only` */
  readonly sentence: string;
  readonly hint: string;
}

export interface VendorGroup<T> {
  readonly endpoint: T;
  readonly registries: readonly RegistryScope[];
}

/**
 * The registries by the endpoint that signs in to them, so that each is asked once.
 * @throws Failure `refused` when one of the registries is not this vendor's: its sign-in would go to a stranger.
 */
export function vendorGroups<T extends { readonly url: string }>(
  { credential, registries }: Omit<RegistryRequest, 'signIn'>,
  { endpoint: endpointOf, sentence, hint }: VendorHosts<T>,
): readonly VendorGroup<T>[] {
  const groups = new Map<string, { endpoint: T; registries: RegistryScope[] }>();
  for (const scope of registries) {
    const endpoint = endpointOf(scope.host);
    if (endpoint === null) {
      throw new Failure('refused', `${credential}: ${sentence}, and ${scope.host} is none`, { hint });
    }
    const group = groups.get(endpoint.url);
    if (group === undefined) groups.set(endpoint.url, { endpoint, registries: [scope] });
    else group.registries.push(scope);
  }
  return [...groups.values()];
}
