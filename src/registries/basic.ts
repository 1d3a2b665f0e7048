import { Failure } from '../core/failure.ts';
import type { Credential, ResolvedSignIn } from '../core/manifest/manifest.ts';
import type { Login } from '../core/session/grant.ts';

/**
 * The user name and password that a registry takes as they are.
 * @throws Failure `refused` when the user name is missing: registries tell tokens apart by it.
 */
export function basicLogin(signIn: ResolvedSignIn, { name }: Credential): Login | null {
  if (signIn.kind !== 'password') return null;
  if (signIn.username === undefined) {
    throw new Failure('refused', `${name}: a registry password needs the user name it belongs to`, {
      hint: 'Add `username` to the credential.',
    });
  }
  return { username: signIn.username, password: signIn.password };
}
