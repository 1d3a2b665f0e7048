import type { components } from '@octokit/openapi-types';

/** Keys with underscores, as the API has them. */
export type Permissions = components['schemas']['app-permissions'];

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'Organization' | 'User' | 'Bot';
}

export interface Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  /** `acme/rnaseq`. */
  readonly fullName: string;
  readonly private: boolean;
  /** The bare repository. */
  readonly folder: string;
  /** The last commit of `main` when it was made. */
  readonly head: string;
  /** Large files by object id. */
  readonly objects: Map<string, Buffer>;
}

/** A token that somebody made by hand, like a personal access token. */
export interface StaticToken {
  readonly token: string;
  /** The login that `GET /user` tells. */
  readonly user: string;
  /** The user name that git must give; null takes any. */
  readonly username: string | null;
  /** Full names of repositories, owners, and what they are below, lower case. */
  readonly reaches: ReadonlySet<string>;
  /** `none`: alive, but without the right to contents. */
  readonly access: 'none' | 'read' | 'write';
  /** A classic token's scopes; null for a fine-grained one, which does not tell. */
  readonly scopes: readonly string[] | null;
  readonly expires: Date | null;
}

export interface App {
  readonly id: number;
  readonly clientId: string;
  readonly slug: string;
  readonly owner: Account;
  /** PEM (PKCS#1), as it would be downloaded. */
  readonly privateKey: string;
  readonly publicKey: string;
  readonly permissions: Permissions;
  /** What people call it; the slug when it was seeded. */
  readonly name?: string;
  readonly externalUrl?: string;
  readonly clientSecret?: string;
  /** Null without a webhook. */
  readonly webhookSecret?: string | null;
}

/** What GitHub hands to the redirect after an App was made from a manifest: good for an hour and for once. */
export interface AppCode {
  readonly app: App;
  readonly createdAt: number;
}

/** The secrets of one repository, environment or organisation, as they arrived: sealed. */
export interface SecretShelf {
  readonly keyId: string;
  /** 32 bytes in base64, X25519. */
  readonly publicKey: string;
  /** For tests, which open what was sealed. */
  readonly privateKey: string;
  /** By name, upper case. */
  readonly secrets: Map<string, SealedSecret>;
}

export interface SealedSecret {
  readonly name: string;
  readonly sealed: string;
  /** Milliseconds since the epoch, by the forge's clock. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Of an organisation's secret. */
  readonly visibility: 'all' | 'private' | 'selected';
  readonly repositoryIds: readonly number[];
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  /** Null means all of the account's, also later ones. */
  readonly repositories: ReadonlySet<string> | null;
  readonly permissions: Permissions;
  /** May be set by tests while the forge runs. */
  suspended: boolean;
}

/** An installation access token. */
export interface MintedToken {
  readonly token: string;
  readonly installation: Installation;
  /** Null means all of the installation's. */
  readonly repositories: readonly Repository[] | null;
  readonly permissions: Permissions;
  /** Milliseconds since the epoch, by the forge's clock. */
  readonly createdAt: number;
  readonly expiresAt: number;
  revoked: boolean;
}

/** An issue of a repository. */
export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  readonly author: Account;
  title: string;
  body: string;
  state: 'open' | 'closed';
  assignees: readonly Account[];
}

/** Everything the forge knows. Keys of accounts and repositories are lower case: GitHub's names have no case. */
export interface State {
  readonly accounts: Map<string, Account>;
  readonly repositories: Map<string, Repository>;
  readonly tokens: Map<string, StaticToken>;
  readonly apps: App[];
  readonly installations: Installation[];
  readonly minted: Map<string, MintedToken>;
  readonly issues: Issue[];
  readonly appCodes: Map<string, AppCode>;
  /** By `acme`, `acme/rnaseq` or `acme/rnaseq:production`, lower case. */
  readonly shelves: Map<string, SecretShelf>;
  /** `acme/rnaseq:production`, lower case. */
  readonly environments: Set<string>;
  /** How far the forge's clock is ahead of ours. */
  clockSkewMs: number;
  /** How long a fresh installation token is refused, as while GitHub replicates it. */
  replicationMs: number;
  readonly nextId: () => number;
}

export function emptyState(): State {
  let id = 1000;
  return {
    accounts: new Map(),
    repositories: new Map(),
    tokens: new Map(),
    apps: [],
    installations: [],
    minted: new Map(),
    issues: [],
    appCodes: new Map(),
    shelves: new Map(),
    environments: new Set(),
    clockSkewMs: 0,
    replicationMs: 0,
    nextId: () => ++id,
  };
}

/** The forge's time in milliseconds since the epoch. */
export function clock(state: State): number {
  return Date.now() + state.clockSkewMs;
}

/** The account of that login, made when there is none. */
export function addAccount(state: State, login: string, type: Account['type'] = 'Organization'): Account {
  const known = state.accounts.get(login.toLowerCase());
  if (known !== undefined) return known;
  const account = { id: state.nextId(), login, type };
  state.accounts.set(login.toLowerCase(), account);
  return account;
}

/** A repository by `acme/rnaseq`, with or without `.git`. */
export function findRepository(state: State, owner: string, name: string): Repository | undefined {
  return state.repositories.get(`${owner}/${name.replace(/\.git$/i, '')}`.toLowerCase());
}

/** What an installation can reach now. */
export function installationRepositories(state: State, installation: Installation): Repository[] {
  return [...state.repositories.values()].filter(
    ({ owner, name }) =>
      owner === installation.account &&
      (installation.repositories === null || installation.repositories.has(name.toLowerCase())),
  );
}
