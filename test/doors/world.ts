import { generateKeyPairSync } from 'node:crypto';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type Registry, startRegistry } from '../../src/demo/registry.ts';

/** What is outside of a job: a forge, a registry, and the manifest of a team that uses both. */
export interface World extends AsyncDisposable {
  readonly forge: Forge;
  readonly registry: Registry;
  /** An App for acme, a token for globex, a login for the registry's `team`; nothing for initech. */
  readonly manifest: string;
  /** The variables that the manifest names. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Every secret that came to exist so far: those above and the tokens that the forge minted. */
  readonly canaries: () => readonly string[];
  /** Minted tokens that still work. */
  readonly alive: () => number;
}

const globexToken = 'canary-globex-token/+"1"';
const teamPassword = 'canary-team-password/+"2"';

/** Making one takes a while; it is a secret of these tests alone. */
const privateKey = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;

/** Six repositories of three organisations; the App's token reaches those of acme that it is limited to. */
export async function openWorld(): Promise<World> {
  const [forge, registry] = await Promise.all([
    startForge({
      repositories: [
        { name: 'globex/reference' },
        { name: 'globex/deep', submodules: [{ path: 'reference', repository: 'globex/reference' }] },
        {
          name: 'acme/rnaseq',
          submodules: [
            { path: 'deep', repository: 'globex/deep' },
            { path: 'by-ssh', repository: 'globex/reference', url: 'git@127.0.0.1:globex/reference.git' },
          ],
        },
        { name: 'acme/stats' },
        { name: 'acme/pipeline' },
        { name: 'initech/payroll' },
      ],
      tokens: [
        { token: globexToken, owners: ['globex'] },
        { token: 'canary-workflow-token', repositories: ['acme/pipeline'] },
        { token: 'canary-initech', owners: ['initech'] },
      ],
      apps: [{ slug: 'acme-pipelines', privateKey, installations: [{ account: 'acme' }] }],
    }),
    startRegistry({
      users: [{ username: 'bot', password: teamPassword, namespaces: ['team'] }],
      images: ['team/tools:2.1', 'other/tools:1'],
    }),
  ]);
  const app = forge.app('acme-pipelines');
  const secrets = { ACME_APP_KEY: app.privateKey, GLOBEX_TOKEN: globexToken, TEAM_PASSWORD: teamPassword };
  const close = async (): Promise<void> => {
    await Promise.all([forge.close(), registry.close()]);
  };
  return {
    forge,
    registry,
    manifest: manifestText({ forge: forge.url, registry: registry.host, clientId: app.clientId }),
    secrets,
    canaries: () => [...Object.values(secrets), ...forge.state.minted.keys()],
    alive: () => [...forge.state.minted.values()].filter(({ revoked }) => !revoked).length,
    [Symbol.asyncDispose]: close,
  };
}

interface Blanks {
  readonly forge: string;
  readonly registry: string;
  readonly clientId: string;
}

function manifestText({ forge, registry, clientId }: Blanks): string {
  return `version: 1
credentials:
  - name: acme-app
    provider: github
    url: ${forge}/acme
    app: { client-id: ${clientId}, private-key: { env: ACME_APP_KEY }, slug: acme-pipelines }
  - { name: globex, provider: github, url: '${forge}/globex', token: { env: GLOBEX_TOKEN }, expires: 2999-12-31 }
  - { name: team, provider: registry, registry: '${registry}/team', username: bot, password: { env: TEAM_PASSWORD } }
repositories:
  - ${forge}/acme/rnaseq
  - ${forge}/globex/reference
  - ${forge}/globex/deep
registries:
  - ${registry}/team/tools:2.1
`;
}
