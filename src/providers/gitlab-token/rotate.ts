import { objectOf } from '../../core/json.ts';
import { Secret } from '../../core/secret.ts';
import { ask, type GitlabApi, type GitlabToken, notGitlab, readToken, refusal } from './api.ts';

/** A token that came to life as another died. */
export interface Rotated {
  readonly secret: Secret;
  readonly token: GitlabToken;
}

/** Scopes with which a token may rotate itself. https://docs.gitlab.com/api/personal_access_tokens/#rotate-a-personal-access-token */
export function rotatesItself({ scopes }: GitlabToken): boolean {
  return scopes.includes('api') || scopes.includes('self_rotate');
}

/**
 * Lets a token rotate itself: the old one dies at that moment. Sent once: a second request with the old token would make
 * GitLab revoke the new one (https://gitlab.com/gitlab-org/gitlab/-/issues/524639).
 * @param expires `2027-01-31`
 * @throws Failure `refused` when nothing was rotated, `unreachable` when nobody knows.
 */
export async function rotateItself(api: GitlabApi, expires: string): Promise<Rotated> {
  const answer = await ask(api, 'POST', '/personal_access_tokens/self/rotate', { expires_at: expires });
  if (!answer.ok) throw await refusal(answer, api, 'rotate the token');
  return readRotated(await answer.json(), api);
}

/** Tokens of a project or a group stand below it, personal ones of the asking user by themselves. */
export interface TokenPlace {
  /** `/projects/7/access_tokens`, `/personal_access_tokens`. */
  readonly path: string;
}

/** Rotates a token by its number, as its owner or maintainer. */
export async function rotateAnother(
  api: GitlabApi,
  place: TokenPlace,
  id: number,
  expires: string,
): Promise<Rotated> {
  const answer = await ask(api, 'POST', `${place.path}/${id}/rotate`, { expires_at: expires });
  if (!answer.ok) throw await refusal(answer, api, 'rotate the token');
  return readRotated(await answer.json(), api);
}

function readRotated(answer: unknown, { api }: GitlabApi): Rotated {
  const { token } = objectOf(answer);
  if (typeof token !== 'string' || token.length < 8) throw notGitlab(api);
  return { secret: new Secret(token), token: readToken(answer, api) };
}
