import { objectOf } from '../../core/json.ts';
import { ask, type GitlabApi, type GitlabToken, readToken } from './api.ts';
import type { TokenPlace } from './rotate.ts';

/** What is remembered of a token that may have been rotated. */
export type Remembered = Pick<GitlabToken, 'id' | 'name' | 'userId'>;

/** A token as another one sees it that may manage it. */
export interface Managed {
  readonly place: TokenPlace;
  readonly token: GitlabToken;
}

/**
 * Finds a token by its number among those that another token manages: its user's own, those of the project or group
 * that its bot belongs to by name, and those of places that are known. Null when it may not be seen.
 * @param known paths of projects and groups, decoded: `acme/pipeline`.
 */
export async function managedToken(
  api: GitlabApi,
  { id, userId }: Pick<Remembered, 'id'> & { readonly userId: number | null },
  known: readonly string[],
): Promise<Managed | null> {
  const bot = userId === null ? [] : await botPlace(api, userId);
  const others = known.flatMap((path) =>
    ['projects', 'groups'].map((kind) => `/${kind}/${encodeURIComponent(path)}/access_tokens`),
  );
  for (const path of [...bot, '/personal_access_tokens', ...others]) {
    const answer = await ask(api, 'GET', `${path}/${id}`);
    if (answer.status === 200) return { place: { path }, token: readToken(await answer.json(), api.api) };
  }
  return null;
}

/** Bots of projects and groups say by their names where they belong. */
async function botPlace(api: GitlabApi, userId: number): Promise<readonly string[]> {
  const user = await ask(api, 'GET', `/users/${userId}`);
  const { username } = objectOf(user.ok ? await user.json() : null);
  const bot = /^(project|group)_(\d+)_bot/.exec(typeof username === 'string' ? username : '');
  return bot === null ? [] : [`/${bot[1]}s/${bot[2]}/access_tokens`];
}

/** The token that took the place of another: of the same user and name, made after it, alive. Null when it is not clear. */
export async function successorOf(
  api: GitlabApi,
  place: TokenPlace,
  old: Remembered,
): Promise<GitlabToken | null> {
  const found: GitlabToken[] = [];
  for (let page = 1; page <= 20; page += 1) {
    const answer = await ask(api, 'GET', `${place.path}?state=active&per_page=100&page=${page}`);
    const list: unknown = answer.ok ? await answer.json() : [];
    const some = Array.isArray(list) ? list : [];
    found.push(...some.map((one) => readToken(one, api.api)));
    if (some.length < 100) break;
  }
  const heirs = found.filter(
    ({ id, name, userId, active }) => active && id > old.id && name === old.name && userId === old.userId,
  );
  const [heir, ...others] = heirs;
  return heir !== undefined && others.length === 0 ? heir : null;
}
