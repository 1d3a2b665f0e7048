import type { components } from '@octokit/openapi-types';
import type { Level } from './caller.ts';
import type { Account, App, Installation, MintedToken, Repository } from './state.ts';

type Schemas = components['schemas'];

/** Where the forge is: `https://127.0.0.1:41234`. */
export type Origin = string;

const epoch = '2026-01-01T00:00:00Z';
const nodeId = (kind: string, id: number): string => Buffer.from(`${kind}:${id}`).toString('base64');
const underscored = (name: string): string => name.replaceAll('-', '_');

/** GitHub's times have no milliseconds. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
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

export function integration(
  origin: Origin,
  app: App,
  installationsCount: number,
): NonNullable<Schemas['integration']> {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId('Integration', app.id),
    owner: simpleUser(origin, app.owner),
    name: app.slug,
    description: null,
    external_url: `${origin}/${app.owner.login}`,
    html_url: `${origin}/github-apps/${app.slug}`,
    created_at: epoch,
    updated_at: epoch,
    permissions: { ...app.permissions },
    events: [],
    installations_count: installationsCount,
  };
}

export function installation(origin: Origin, made: Installation): Schemas['installation'] {
  const { id, app, account } = made;
  return {
    id,
    account: simpleUser(origin, account),
    repository_selection: made.repositories === null ? 'all' : 'selected',
    access_tokens_url: `${origin}/api/v3/app/installations/${id}/access_tokens`,
    repositories_url: `${origin}/api/v3/installation/repositories`,
    html_url: `${origin}/organizations/${account.login}/settings/installations/${id}`,
    app_id: app.id,
    client_id: app.clientId,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: made.permissions,
    events: [],
    created_at: epoch,
    updated_at: epoch,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: made.suspended ? simpleUser(origin, account) : null,
    suspended_at: made.suspended ? epoch : null,
  };
}

export function installationToken(origin: Origin, minted: MintedToken): Schemas['installation-token'] {
  const { token, expiresAt, permissions, repositories } = minted;
  const selected = repositories !== null || minted.installation.repositories !== null;
  return {
    token,
    expires_at: timestamp(expiresAt),
    permissions,
    repository_selection: selected ? 'selected' : 'all',
    ...(repositories === null
      ? {}
      : { repositories: repositories.map((one) => repository(origin, one, 'read')) }),
  };
}

export function repository(origin: Origin, made: Repository, level: Level): Schemas['repository'] {
  return {
    ...repositoryLinks(origin, made),
    ...repositoryFacts(origin, made),
    permissions: permissionsOf(level),
    has_downloads: true,
  };
}

export function fullRepository(origin: Origin, made: Repository, level: Level): Schemas['full-repository'] {
  return {
    ...repositoryLinks(origin, made),
    ...repositoryFacts(origin, made),
    permissions: permissionsOf(level),
    has_discussions: false,
    subscribers_count: 0,
    network_count: 0,
  };
}

function permissionsOf(level: Level): { admin: boolean; push: boolean; pull: boolean } {
  return { admin: false, push: level === 'write', pull: level === 'write' || level === 'read' };
}

/** What both shapes of a repository say of it. */
function repositoryFacts(origin: Origin, { id, owner, name, fullName, private: isPrivate }: Repository) {
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: fullName,
    owner: simpleUser(origin, owner),
    private: isPrivate,
    description: null,
    fork: false,
    homepage: null,
    language: null,
    license: null,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    size: 1,
    default_branch: 'main',
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    archived: false,
    disabled: false,
    mirror_url: null,
    pushed_at: epoch,
    created_at: epoch,
    updated_at: epoch,
  };
}

const templates = {
  archive: '/{archive_format}{/ref}',
  assignees: '{/user}',
  blobs: '{/sha}',
  branches: '{/branch}',
  collaborators: '{/collaborator}',
  comments: '{/number}',
  commits: '{/sha}',
  compare: '/{base}...{head}',
  contents: '/{+path}',
  contributors: '',
  deployments: '',
  downloads: '',
  events: '',
  forks: '',
  hooks: '',
  issues: '{/number}',
  keys: '{/key_id}',
  labels: '{/name}',
  languages: '',
  merges: '',
  milestones: '{/number}',
  notifications: '{?since,all,participating}',
  pulls: '{/number}',
  releases: '{/id}',
  stargazers: '',
  statuses: '/{sha}',
  subscribers: '',
  subscription: '',
  tags: '',
  teams: '',
} as const;
const nested = {
  'git-commits': 'git/commits{/sha}',
  'git-refs': 'git/refs{/sha}',
  'git-tags': 'git/tags{/sha}',
  'issue-comment': 'issues/comments{/number}',
  'issue-events': 'issues/events{/number}',
  trees: 'git/trees{/sha}',
} as const;

type LinkKey = `${keyof typeof templates}_url` | `${Underscored<keyof typeof nested>}_url`;
type Underscored<T extends string> = T extends `${infer A}-${infer B}` ? `${A}_${B}` : T;

function repositoryLinks(origin: Origin, { fullName }: Repository) {
  const url = `${origin}/api/v3/repos/${fullName}`;
  const links = [
    ...Object.entries(templates).map(([name, template]) => [`${name}_url`, `${url}/${name}${template}`]),
    ...Object.entries(nested).map(([name, path]) => [`${underscored(name)}_url`, `${url}/${path}`]),
  ];
  return {
    ...(Object.fromEntries(links) as Record<LinkKey, string>),
    url,
    html_url: `${origin}/${fullName}`,
    clone_url: `${origin}/${fullName}.git`,
    svn_url: `${origin}/${fullName}`,
    git_url: `git://${new URL(origin).hostname}/${fullName}.git`,
    ssh_url: `git@${new URL(origin).hostname}:${fullName}.git`,
  };
}
