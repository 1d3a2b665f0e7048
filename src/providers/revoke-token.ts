import type { Fetch } from '../core/http/fetch.ts';
import { serverOf } from '../core/location.ts';
import type { Credential, ResolvedSignIn } from '../core/manifest/manifest.ts';
import { apiHeaders, githubApi } from './github-app/api.ts';
import { ask, gitlabApi } from './gitlab-token/api.ts';

/** A token that is no longer needed. */
export interface Retired {
  readonly credential: Credential;
  readonly signIn: ResolvedSignIn;
}

/** Whether its host lets whoever has a token end it: GitHub and GitLab do. */
export function canRevoke({ credential, signIn }: Retired): boolean {
  return signIn.kind === 'token' && (credential.provider === 'github' || credential.provider === 'gitlab');
}

/** Ends a token at its host; false when the host did not do it. Throws what the fetch throws. */
export async function revokeToken({ credential, signIn }: Retired, fetch: Fetch): Promise<boolean> {
  if (signIn.kind !== 'token') return false;
  if (credential.provider === 'gitlab') {
    const api = gitlabApi(serverOf(credential.base, 'gitlab.com'), credential.apiUrl);
    const { status } = await ask(
      { api, token: signIn.token, fetch },
      'DELETE',
      '/personal_access_tokens/self',
    );
    // 401: it had ended already.
    return status === 204 || status === 401;
  }
  if (credential.provider !== 'github') return false;
  // https://docs.github.com/rest/credentials/revoke: without signing in
  const api = githubApi(serverOf(credential.base, 'github.com'), credential.apiUrl);
  const answer = await fetch(`${api}/credentials/revoke`, {
    method: 'POST',
    headers: { ...apiHeaders, 'content-type': 'application/json' },
    body: JSON.stringify({ credentials: [signIn.token.reveal()] }),
  });
  return answer.status === 202;
}
