import type { components } from '@octokit/openapi-types';
import type { Account } from './state.ts';

type Schemas = components['schemas'];

/** Where the forge is: `https://127.0.0.1:41234`. */
export type Origin = string;

/** When everything here began. */
export const epoch = '2026-01-01T00:00:00Z';

export function nodeId(kind: string, id: number): string {
  return Buffer.from(`${kind}:${id}`).toString('base64');
}

export function simpleUser(origin: Origin, { id, login, type }: Account): Schemas['simple-user'] {
  const url = `${origin}/api/v3/users/${login}`;
  return {
    id,
    login,
    type,
    node_id: nodeId('User', id),
    avatar_url: `${origin}/avatars/u/${id}`,
    gravatar_id: '',
    url,
    html_url: `${origin}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    site_admin: false,
  };
}

export function publicUser(origin: Origin, account: Account): Schemas['public-user'] {
  return {
    ...simpleUser(origin, account),
    name: account.login,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: epoch,
    updated_at: epoch,
  };
}
