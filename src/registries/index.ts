import type { Credential, ResolvedSignIn } from '../core/manifest/manifest.ts';
import type { Login } from '../core/session/grant.ts';
import { basicLogin } from './basic.ts';

/**
 * User name and secret for a registry, of a credential of provider `registry`. Null when the sign-in is not one that
 * any registry takes as it is.
 * @throws Failure `refused` naming the mistake, when the secret cannot work.
 */
export function registryLogin(signIn: ResolvedSignIn, credential: Credential): Login | null {
  return basicLogin(signIn, credential);
}
