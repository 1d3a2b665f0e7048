import { createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { type App, addAccount, type Installation, type Permissions, type State } from './state.ts';

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

export async function newPrivateKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
}
