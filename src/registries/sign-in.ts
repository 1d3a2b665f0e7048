import { Failure } from '../core/failure.ts';
import type { Fetch } from '../core/http/fetch.ts';
import type { RegistryScope, ResolvedSignIn } from '../core/manifest/manifest.ts';
import type { Login } from '../core/session/grant.ts';

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

/**
 * The logins of one credential: as given for a user name and a password, exchanged where the vendor wants that first.
 * Null when the sign-in has nothing for registries (an ssh key, an App). A vendor's code loads when it is needed.
 * @throws Failure `refused` for a sign-in that the registry's vendor does not know, `mint-failed`, `unreachable`.
 */
export async function signInToRegistries(
  { signIn, ...request }: RegistryRequest,
  surroundings: Surroundings,
): Promise<readonly RegistryLogin[] | null> {
  switch (signIn.kind) {
    case 'aws':
      return (await import('./ecr.ts')).signInToEcr({ ...request, signIn }, surroundings);
    case 'entra':
      return (await import('./acr.ts')).signInToAcr({ ...request, signIn }, surroundings);
    case 'google-key':
    case 'google-token':
      return (await import('./google.ts')).signInToGoogle({ ...request, signIn });
    case 'password':
      return [
        { registries: request.registries, login: passwordLogin(request.credential, signIn), expiresAt: null },
      ];
    default:
      return null;
  }
}

type Password = Extract<ResolvedSignIn, { kind: 'password' }>;

function passwordLogin(credential: string, { username, password }: Password): Login {
  // `<token>` in docker's own store means that the password is an identity token.
  if (username !== undefined && username !== '' && !username.includes(':')) return { username, password };
  throw new Failure('refused', `${credential}: a registry password needs the user name it belongs to`, {
    hint: 'add `username` to the credential; it cannot hold a colon',
  });
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
