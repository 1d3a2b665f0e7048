import type { Secret } from '../secret.ts';
import type { Reference, ReferencedSignIn, ResolvedSignIn, SignIn } from './manifest.ts';

/** The secret that a sign-in stands on, which a rotation replaces: where the manifest has it, or the secret itself. */
export function mainSecret(signIn: ReferencedSignIn): Reference;
export function mainSecret(signIn: ResolvedSignIn): Secret;
export function mainSecret<S, T>(signIn: SignIn<S, T>): S {
  switch (signIn.kind) {
    case 'password':
      return signIn.password;
    case 'app':
      return signIn.privateKey;
    case 'aws':
      return signIn.secretAccessKey;
    case 'ssh-key':
    case 'google-key':
      return signIn.key;
    default:
      return signIn.token;
  }
}
