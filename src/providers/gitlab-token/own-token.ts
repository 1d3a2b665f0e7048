import type { GitlabApi, GitlabToken } from './api.ts';
import { ask, readToken, refusal } from './api.ts';

/** What a token tells of itself; `dead` is GitLab's word that it has ended, or that it knows no such token. */
export type OwnToken = { readonly life: 'alive'; readonly token: GitlabToken } | { readonly life: 'dead' };

/**
 * Asks a token about itself. Reading is harmless also for a token that was rotated already, rotating again is not.
 * @throws Failure `unreachable` for no answer or another's, `refused` for a token of another kind.
 */
export async function readOwnToken(api: GitlabApi): Promise<OwnToken> {
  const answer = await ask(api, 'GET', '/personal_access_tokens/self');
  if (answer.status === 200) {
    const token = readToken(await answer.json(), api.api);
    return token.active ? { life: 'alive', token } : { life: 'dead' };
  }
  if (answer.status === 401) return { life: 'dead' };
  throw await refusal(answer, api, 'tell of the token');
}
