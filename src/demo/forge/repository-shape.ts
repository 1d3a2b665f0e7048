import type { components } from '@octokit/openapi-types';
import { epoch, nodeId, type Origin, simpleUser } from './account-shape.ts';
import type { Level } from './caller.ts';
import type { Repository } from './state.ts';

type Schemas = components['schemas'];

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

/** Links `NAME_url` to `NAME`, and what may follow. */
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
/** Links `NAME_url` to another path. */
const nested = {
  git_commits: 'git/commits{/sha}',
  git_refs: 'git/refs{/sha}',
  git_tags: 'git/tags{/sha}',
  issue_comment: 'issues/comments{/number}',
  issue_events: 'issues/events{/number}',
  trees: 'git/trees{/sha}',
} as const;

type LinkKey = `${keyof typeof templates}_url` | `${keyof typeof nested}_url`;

function repositoryLinks(origin: Origin, { fullName }: Repository) {
  const url = `${origin}/api/v3/repos/${fullName}`;
  const links = [
    ...Object.entries(templates).map(([name, template]) => [`${name}_url`, `${url}/${name}${template}`]),
    ...Object.entries(nested).map(([name, path]) => [`${name}_url`, `${url}/${path}`]),
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
