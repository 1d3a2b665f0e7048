import { Failure } from '../core/failure.ts';
import type { Login } from '../core/login.ts';
import type { ResolvedSignIn } from '../core/manifest/manifest.ts';
import type { RegistryLogin, RegistryRequest, Surroundings } from './vendor.ts';

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
