import { randomBytes } from 'node:crypto';
import { type Forge, startForge } from '../../demo/forge.ts';
import { type Registry, startRegistry } from '../../demo/registry.ts';

/** A forge with two organisations and a registry, both on loopback and empty of anybody's data. */
export interface Scene extends AsyncDisposable {
  readonly forge: Forge;
  readonly registry: Registry;
  /** What a team would keep in one CI secret. */
  readonly manifest: string;
  /** The variables that the manifest names. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Starts the scene of the demo; secrets are made up anew each time. */
export async function openScene(now: Date): Promise<Scene> {
  const globexToken = `demo-token-${randomBytes(12).toString('hex')}`;
  const imagesPassword = `demo-password-${randomBytes(12).toString('hex')}`;
  const registry = await startRegistry({
    users: [{ username: 'pipelines', password: imagesPassword, namespaces: ['team'], access: 'read' }],
    images: ['team/tools:2.1'],
  });
  const forge = await startForge({
    repositories: [
      { name: 'globex/reference', files: { 'genome.txt': 'ACGT\n' } },
      {
        name: 'acme/rnaseq',
        files: { 'main.nf': "process ALIGN { container 'team/tools:2.1' }\n" },
        submodules: [{ path: 'reference', repository: 'globex/reference' }],
      },
      { name: 'initech/payroll' },
    ],
    tokens: [{ token: globexToken, user: 'pipelines', owners: ['globex'], access: 'read' }],
    apps: [{ slug: 'acme-pipelines', installations: [{ account: 'acme' }] }],
  }).catch(async (cause: unknown) => {
    await registry.close();
    throw cause;
  });
  const app = forge.app('acme-pipelines');
  const manifest = manifestText({
    forge: forge.url,
    registry: registry.host,
    clientId: app.clientId,
    expires: new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10),
  });
  return {
    forge,
    registry,
    manifest,
    secrets: { ACME_APP_KEY: app.privateKey, GLOBEX_TOKEN: globexToken, IMAGES_PASSWORD: imagesPassword },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([forge.close(), registry.close()]);
    },
  };
}

interface Blanks {
  readonly forge: string;
  readonly registry: string;
  readonly clientId: string;
  readonly expires: string;
}

function manifestText({ forge, registry, clientId, expires }: Blanks): string {
  return `version: 1
credentials:
  - name: acme-app
    provider: github
    url: ${forge}/acme
    app:
      client-id: ${clientId}
      private-key: { env: ACME_APP_KEY }
  - name: globex-token
    provider: github
    url: ${forge}/globex
    token: { env: GLOBEX_TOKEN }
    access: read
    expires: ${expires}
  - name: images
    provider: registry
    registry: ${registry}/team
    username: pipelines
    password: { env: IMAGES_PASSWORD }
    expires: never
repositories:
  - ${forge}/acme/rnaseq
  - git@127.0.0.1:globex/reference.git
registries:
  - ${registry}/team/tools:2.1
`;
}
