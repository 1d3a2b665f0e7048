import type { Login } from '../core/login.ts';
import type { Credential, ResolvedSignIn } from '../core/manifest/manifest.ts';
import type { ProviderFacts } from '../core/provider-facts.ts';
import type { GitOnlySignIn } from '../core/session/grant.ts';

/**
 * One kind of git host. Adding one is: a file here, a line in `index.ts`, a test in `test/providers/`, a page in
 * `docs/providers/`.
 */
export interface GitProvider extends ProviderFacts {
  /**
   * User name and secret for git over https. Null when the sign-in is not one of those (an App mints first).
   * @throws Failure `refused` naming the mistake, when the secret cannot work here (a key where a token belongs).
   */
  readonly login: (signIn: ResolvedSignIn, credential: Credential) => Login | null;
  /** For a sign-in that has no user name and password, but that git can use otherwise; null for every other. */
  readonly gitOnly?: (signIn: ResolvedSignIn) => GitOnlySignIn | null;
  /**
   * What looks like a mistake, one sentence each: warnings only, since hosts change the shape of their tokens.
   * Never holds a part of a secret.
   */
  readonly advice: (signIn: ResolvedSignIn, credential: Credential) => readonly string[];
}
