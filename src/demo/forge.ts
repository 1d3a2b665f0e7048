import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { send } from './answer.ts';
import { answerApi } from './forge/api.ts';
import { answerAppPage } from './forge/app-pages.ts';
import { answerLfs } from './forge/lfs.ts';
import { type AppSeed, addApp, addInstallation, type InstallationSeed } from './forge/seed-app.ts';
import { addRepository, type RepositorySeed } from './forge/seed-repository.ts';
import { addToken, type TokenSeed } from './forge/seed-token.ts';
import { answerGit } from './forge/smart-http.ts';
import {
  type App,
  addAccount,
  clock,
  emptyState,
  type Installation,
  type Repository,
  type State,
} from './forge/state.ts';
import { type ListenOptions, listen } from './server.ts';
import { type Traffic, watchTraffic } from './traffic.ts';

export interface ForgeOptions extends ListenOptions {
  /** Logins of users; every other owner is an organisation. */
  readonly users?: readonly string[];
  readonly repositories?: readonly RepositorySeed[];
  readonly tokens?: readonly TokenSeed[];
  readonly apps?: readonly AppSeed[];
  /** Environments of repositories: `acme/rnaseq:production`. */
  readonly environments?: readonly string[];
  readonly latencyMs?: number;
}

/** A GitHub Enterprise Server in small: git over http(s) and the part of the REST API that credentials need. */
export interface Forge extends AsyncDisposable {
  /** `http://127.0.0.1:41234`, no trailing slash. */
  readonly url: string;
  /** `http://127.0.0.1:41234/api/v3`. */
  readonly apiUrl: string;
  /** `127.0.0.1:41234`. */
  readonly host: string;
  /** The request log, the latency, and faults to be injected. */
  readonly traffic: Traffic;
  /** Everything it knows; `clockSkewMs` and `replicationMs` may be set. */
  readonly state: State;
  readonly addRepository: (seed: RepositorySeed) => Promise<Repository>;
  readonly addToken: (seed: TokenSeed) => void;
  readonly addApp: (seed: AppSeed) => Promise<App>;
  readonly addInstallation: (app: App, seed: InstallationSeed) => Installation;
  /** @throws Error when there is none of that slug. */
  readonly app: (slug: string) => App;
  /** Ends it and removes its repositories. */
  readonly close: () => Promise<void>;
}

/** Starts a forge on loopback, with what it is seeded with. */
export async function startForge(options: ForgeOptions = {}): Promise<Forge> {
  const state = emptyState();
  const traffic = watchTraffic(options.latencyMs);
  const root = await mkdtemp(join(tmpdir(), 'demo-forge-'));
  const listening = await listen(options, (request, response) =>
    answer({ state, traffic }, request, response),
  );
  const close = async (): Promise<void> => {
    await listening.close();
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  };
  const forge: Forge = {
    url: listening.url,
    host: listening.host,
    apiUrl: `${listening.url}/api/v3`,
    traffic,
    state,
    addRepository: (seed) => addRepository(state, seed, { root, url: listening.url }),
    addToken: (seed) => void addToken(state, seed),
    addApp: (seed) => addApp(state, seed),
    addInstallation: (app, seed) => addInstallation(state, app, seed),
    app: (slug) => appOf(state, slug),
    close,
    [Symbol.asyncDispose]: close,
  };
  await fill(forge, options).catch(async (cause: unknown) => {
    await close();
    throw cause;
  });
  return forge;
}

async function fill(forge: Forge, options: ForgeOptions): Promise<void> {
  for (const login of options.users ?? []) addAccount(forge.state, login, 'User');
  for (const name of options.environments ?? []) forge.state.environments.add(name.toLowerCase());
  const [plain = [], nesting = []] = partition(options.repositories ?? []);
  await Promise.all(plain.map((seed) => forge.addRepository(seed)));
  for (const seed of nesting) await forge.addRepository(seed);
  for (const seed of options.tokens ?? []) forge.addToken(seed);
  await Promise.all((options.apps ?? []).map((seed) => forge.addApp(seed)));
}

/** Those with submodules last, in the order given. */
function partition(seeds: readonly RepositorySeed[]): RepositorySeed[][] {
  const nests = ({ submodules = [] }: RepositorySeed): boolean => submodules.length > 0;
  return [seeds.filter((seed) => !nests(seed)), seeds.filter(nests)];
}

function appOf(state: State, slug: string): App {
  const found = state.apps.find((app) => app.slug === slug);
  if (found === undefined) throw new Error(`the forge has no App ${slug}`);
  return found;
}

async function answer(
  { state, traffic }: Pick<Forge, 'state' | 'traffic'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('date', new Date(clock(state)).toUTCString());
  const logged = await traffic.admit(request, response);
  if (logged === null) return;
  const origin = originOf(request);
  const answered =
    (await answerApi(state, origin, { request, logged })) ??
    (await answerAppPage(state, origin, request)) ??
    (await answerLfs(state, origin, request));
  if (answered !== null) return send(response, answered);
  if (await answerGit(state, request, response)) return;
  send(response, { status: 404, body: 'Not Found\n' });
}

function originOf(request: IncomingMessage): string {
  return `${'encrypted' in request.socket ? 'https' : 'http'}://${request.headers.host}`;
}
