import { type AwsKeys, codeCommitPassword, codeCommitUsername } from '../../core/aws-signature.ts';
import { codeCommitRegion } from '../../core/codecommit-host.ts';
import { type Location, locationUrl } from '../../core/location.ts';
import { basicHeader, type Login } from '../../core/login.ts';
import { Secret } from '../../core/secret.ts';
import type { GitOnlySignIn } from '../../core/session/grant.ts';

/** Under other names than Bearer as well: Gitea's is `token`. */
export function bearer(token: Secret, scheme = 'Bearer'): Secret {
  return new Secret(`${scheme} ${token.reveal()}`);
}

/** Headers of one request that is signed in. */
export function signedIn(
  authorization: Secret,
  headers: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { accept: 'application/json', ...headers, authorization: authorization.reveal() };
}

/** What signs git in to a repository over https: a login, or what only git signs in with. */
export interface GitSignIn {
  readonly login: Login | null;
  readonly gitOnly: GitOnlySignIn | null;
}

/** How git signs in to a repository; null when this sign-in is none for https. */
export function gitAuthorization(
  { login, gitOnly }: GitSignIn,
  location: Location,
  now: Date,
): Secret | null {
  if (gitOnly?.kind === 'bearer') return bearer(gitOnly.token);
  if (gitOnly?.kind === 'codecommit') return signedByAws(gitOnly.keys, location, now);
  return login === null ? null : basicHeader(login);
}

function signedByAws(keys: AwsKeys, location: Location, now: Date): Secret | null {
  const region = codeCommitRegion(location.host);
  if (region === null) return null;
  const { hostname, pathname } = new URL(locationUrl(location));
  const password = codeCommitPassword({ hostname, path: pathname }, keys, { region, now });
  return basicHeader({ username: codeCommitUsername(keys), password: new Secret(password) });
}
