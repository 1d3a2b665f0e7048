// The scene of the setup rows: ten organisations with two repositories each, one App installed in all of them, and
// ten registries, all on loopback; the API over TLS, as hosts have it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startForge } from '../src/demo/forge.ts';
import { startRegistry } from '../src/demo/registry.ts';
import { authority, certificate } from '../test/tls/loopback-certificate.ts';

const count = 10;
export const organisations = Array.from({ length: count }, (_, index) => `org-${index + 1}`);
export const registryLogin = { username: 'bench', password: 'canary-registry-password' };

/**
 * @returns {Promise<{forge: object, registries: string[], trust: object} & AsyncDisposable>} registries by host and
 * port, and the variables by which a program trusts the forge
 */
export async function startScene() {
  const repositories = organisations.flatMap((account) => [
    { name: `${account}/code` },
    { name: `${account}/data` },
  ]);
  const installations = organisations.map((account) => ({ account }));
  const forge = await startForge({
    repositories,
    apps: [{ slug: 'bench', installations }],
    tls: certificate,
  });
  const registries = await Promise.all(
    organisations.map(() => startRegistry({ auth: 'basic', users: [registryLogin], images: [] })),
  );
  const folder = mkdtempSync(join(tmpdir(), 'bench-authority-'));
  const trust = { NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem') };
  writeFileSync(trust.NODE_EXTRA_CA_CERTS, authority);
  return {
    forge,
    trust,
    registries: registries.map(({ host }) => host),
    [Symbol.asyncDispose]: async () => {
      for (const server of [forge, ...registries]) await server.close();
      rmSync(folder, { recursive: true });
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

/** What our step has around it: that trust, and the variables that the manifest names. */
export function variables({ forge, trust }) {
  return {
    ...trust,
    BENCH_APP_KEY: forge.app('bench').privateKey,
    BENCH_PASSWORD: registryLogin.password,
  };
}
