import type { HostRules } from '../core/host-rules.ts';
import type { Credential, ResolvedSignIn, SignInKind } from '../core/manifest/manifest.ts';
import type { Login } from '../core/session/grant.ts';

/**
 * One kind of git host. Adding one is: a file here, a line in `index.ts`, a test in `test/providers/`, a page in
 * `docs/providers/`.
 */
export interface GitProvider extends HostRules {
  /** Other names a manifest may use. */
  readonly aliases: readonly string[];
  /** What a credential of this provider may sign in with. */
  readonly signIns: readonly Exclude<SignInKind, 'app'>[] | readonly SignInKind[];
  /** When a declared date ends: at the end of that day (UTC) or as it begins. */
  readonly dateEnds: 'after-the-day' | 'as-it-begins';
  /**
   * User name and secret for git over https. Null when the sign-in is not one of those (an App mints first).
   * @throws Failure `refused` naming the mistake, when the secret cannot work here (a key where a token belongs).
   */
  readonly login: (signIn: ResolvedSignIn, credential: Credential) => Login | null;
}
