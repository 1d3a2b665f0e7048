import { createPublicKey, generateKeyPair } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createBareRepository, type Files } from './bare-repository.ts';
import {
  type Account,
  type App,
  findRepository,
  type Installation,
  type Permissions,
  type Repository,
  type State,
  type StaticToken,
} from './state.ts';

export interface RepositorySeed {
  /** `acme/rnaseq`; the owner becomes an organisation unless it is known. */
  readonly name: string;
  /** True by default. */
  readonly private?: boolean;
  /** The first commit; a README by default. */
  readonly files?: Files;
  /** Further commits on `main`. */
  readonly commits?: readonly Files[];
  readonly branches?: Readonly<Record<string, Files>>;
  readonly tags?: readonly string[];
  readonly submodules?: readonly SubmoduleSeed[];
}

export interface SubmoduleSeed {
  readonly path: string;
  /** `acme/stats`, seeded before; its last commit is taken. */
  readonly repository: string;
  /** What `.gitmodules` says; the forge's own https URL by default. */
  readonly url?: string;
}

export interface TokenSeed {
  readonly token: string;
  /** `octocat` by default. */
  readonly user?: string;
  /** The user name that git must give; any by default. */
  readonly username?: string;
  /** `acme/rnaseq` */
  readonly repositories?: readonly string[];
  /** All repositories of these. */
  readonly owners?: readonly string[];
  /** `write` by default; `none` is a living token without the right to contents. */
  readonly access?: StaticToken['access'];
  /** Makes it a classic token. */
  readonly scopes?: readonly string[];
  readonly expires?: Date;
}

export interface AppSeed {
  /** `acme-pipelines`; also its name. */
  readonly slug: string;
  /** A login; that of the first installation by default. */
  readonly owner?: string;
  /** What it asks for; `contents: write` and `metadata: read` by default. */
  readonly permissions?: Permissions;
  /** PEM of an RSA key; a new one is made by default. */
  readonly privateKey?: string;
  readonly installations?: readonly InstallationSeed[];
}

export interface InstallationSeed {
  readonly account: string;
  /** Names without the owner; all by default. */
  readonly repositories?: readonly string[];
  /** The App's by default. */
  readonly permissions?: Permissions;
  readonly suspended?: boolean;
}

export function addAccount(state: State, login: string, type: Account['type'] = 'Organization'): Account {
  const known = state.accounts.get(login.toLowerCase());
  if (known !== undefined) return known;
  const account = { id: state.nextId(), login, type };
  state.accounts.set(login.toLowerCase(), account);
  return account;
}

/** @param place where bare repositories are kept, and the forge's URL. */
export async function addRepository(
  state: State,
  seed: RepositorySeed,
  place: { root: string; url: string },
): Promise<Repository> {
  const [login = '', name = ''] = seed.name.split('/');
  const folder = join(place.root, login, `${name}.git`);
  const head = await createBareRepository(folder, {
    commits: [seed.files ?? { 'README.md': `# ${name}\n` }, ...(seed.commits ?? [])],
    branches: seed.branches ?? {},
    tags: seed.tags ?? [],
    submodules: (seed.submodules ?? []).map(({ path, repository, url }) => ({
      path,
      url: url ?? `${place.url}/${repository}.git`,
      commit: headOf(state, repository),
    })),
  });
  const owner = addAccount(state, login);
  const isPrivate = seed.private ?? true;
  const fullName = `${owner.login}/${name}`;
  const made = {
    id: state.nextId(),
    owner,
    name,
    fullName,
    private: isPrivate,
    folder,
    head,
    objects: new Map(),
  };
  state.repositories.set(fullName.toLowerCase(), made);
  return made;
}

function headOf(state: State, fullName: string): string {
  const [owner = '', name = ''] = fullName.split('/');
  const found = findRepository(state, owner, name);
  if (found === undefined) throw new Error(`submodule ${fullName}: seed that repository first`);
  return found.head;
}

export function addToken(state: State, seed: TokenSeed): StaticToken {
  const token: StaticToken = {
    token: seed.token,
    user: addAccount(state, seed.user ?? 'octocat', 'User').login,
    username: seed.username ?? null,
    reaches: new Set(
      [...(seed.repositories ?? []), ...(seed.owners ?? [])].map((name) => name.toLowerCase()),
    ),
    access: seed.access ?? 'write',
    scopes: seed.scopes ?? null,
    expires: seed.expires ?? null,
  };
  state.tokens.set(token.token, token);
  return token;
}

export async function addApp(state: State, seed: AppSeed): Promise<App> {
  const privateKey = seed.privateKey ?? (await newPrivateKey());
  const id = state.nextId();
  const app: App = {
    id,
    clientId: `Iv23demo${String(id).padStart(12, '0')}`,
    slug: seed.slug,
    owner: addAccount(state, seed.owner ?? seed.installations?.[0]?.account ?? 'octocat'),
    privateKey,
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    permissions: { metadata: 'read', ...(seed.permissions ?? { contents: 'write' }) },
  };
  state.apps.push(app);
  for (const installation of seed.installations ?? []) addInstallation(state, app, installation);
  return app;
}

export function addInstallation(state: State, app: App, seed: InstallationSeed): Installation {
  const names = seed.repositories?.map((name) => name.toLowerCase());
  const installation: Installation = {
    id: state.nextId(),
    app,
    account: addAccount(state, seed.account),
    repositories: names === undefined ? null : new Set(names),
    permissions: seed.permissions === undefined ? app.permissions : { metadata: 'read', ...seed.permissions },
    suspended: seed.suspended ?? false,
  };
  state.installations.push(installation);
  return installation;
}

async function newPrivateKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
}
