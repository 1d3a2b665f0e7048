// The scene of the setup rows: ten organisations with two repositories each, one App installed in all of them, and
// ten registries, all on loopback.
import { startForge } from '../src/demo/forge.ts';
import { startRegistry } from '../src/demo/registry.ts';

const count = 10;
export const organisations = Array.from({ length: count }, (_, index) => `org-${index + 1}`);
export const registryLogin = { username: 'bench', password: 'canary-registry-password' };

/** @returns {Promise<{forge: object, registries: string[]} & AsyncDisposable>} registries by host and port */
export async function startScene() {
  const repositories = organisations.flatMap((account) => [
    { name: `${account}/code` },
    { name: `${account}/data` },
  ]);
  const installations = organisations.map((account) => ({ account }));
  const forge = await startForge({ repositories, apps: [{ slug: 'bench', installations }] });
  const registries = await Promise.all(
    organisations.map(() => startRegistry({ auth: 'basic', users: [registryLogin], images: [] })),
  );
  return {
    forge,
    registries: registries.map(({ host }) => host),
    [Symbol.asyncDispose]: async () => {
      for (const server of [forge, ...registries]) await server.close();
    },
  };
}

/** @param accounts the organisations whose repositories are targets */
export function manifest({ forge, registries }, { accounts = organisations, hosts = registries } = {}) {
  return JSON.stringify({
    version: 1,
    credentials: [appCredential(forge), ...hosts.map(registryCredential)],
    repositories: accounts.flatMap((account) => [
      `${forge.url}/${account}/code`,
      `${forge.url}/${account}/data`,
    ]),
    registries: hosts,
  });
}

function appCredential(forge) {
  const app = { 'client-id': forge.app('bench').clientId, 'private-key': { env: 'BENCH_APP_KEY' } };
  return { name: 'app', provider: 'github', url: forge.url, app };
}

function registryCredential(registry, index) {
  const { username } = registryLogin;
  return {
    name: `registry-${index}`,
    provider: 'registry',
    registry,
    username,
    password: { env: 'BENCH_PASSWORD' },
  };
}

/** The variables that the manifest names. */
export function secrets({ forge }) {
  return { BENCH_APP_KEY: forge.app('bench').privateKey, BENCH_PASSWORD: registryLogin.password };
}
