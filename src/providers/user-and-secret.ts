import { Failure } from '../core/failure.ts';
import type { Login } from '../core/login.ts';
import type { Credential, ResolvedSignIn } from '../core/manifest/manifest.ts';
import { refusePrivateKey } from './secret-shape.ts';

/**
 * A token under the user name given, or the host's conventional one; a password under the user name it must have.
 * @throws Failure `refused` for a password without user name and for a private key in the place of either.
 */
export function userAndSecret(
  signIn: ResolvedSignIn,
  credential: Credential,
  conventionalUser: string,
): Login | null {
  if (signIn.kind === 'token') {
    refusePrivateKey(signIn.token, credential, 'write an ssh key under `ssh-key`, a token under `token`');
    return { username: signIn.username ?? conventionalUser, password: signIn.token };
  }
  if (signIn.kind !== 'password') return null;
  refusePrivateKey(signIn.password, credential, 'write an ssh key under `ssh-key`');
  return { username: signIn.username ?? missingUser(credential), password: signIn.password };
}

function missingUser(credential: Credential): never {
  throw new Failure('refused', `${credential.name}: a password needs the user name it belongs to`, {
    hint: 'add `username` to the credential',
  });
}
