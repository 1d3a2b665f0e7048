import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type Registry, startRegistry } from '../../src/demo/registry.ts';

/** A team's world on loopback: private repositories of two organisations, one inside another, and a registry. */
export interface World extends AsyncDisposable {
  readonly forge: Forge;
  readonly registry: Registry;
  /** Names its secrets by variables. */
  readonly manifest: string;
  /** Those variables. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What a job does once it is signed in, in any shell: clones, a submodule of the other organisation, and an image that is read. */
  readonly work: string;
}

const secrets = {
  ACME_TOKEN: 'canary-acme-token-7f3a91',
  LAB_TOKEN: 'canary-lab-token-22b04c',
  HUB_PASSWORD: 'canary-hub-password-e81d55',
};

export async function startWorld(): Promise<World> {
  const forge = await startForge({
    repositories: [
      { name: 'acme/rnaseq' },
      { name: 'lab/variants' },
      { name: 'acme/pipeline', submodules: [{ path: 'variants', repository: 'lab/variants' }] },
    ],
    tokens: [
      { token: secrets.ACME_TOKEN, owners: ['acme'] },
      { token: secrets.LAB_TOKEN, owners: ['lab'] },
    ],
  });
  const users = [{ username: 'hub-bot', password: secrets.HUB_PASSWORD, namespaces: ['team'] }];
  const registry = await startRegistry({ users });
  return {
    forge,
    registry,
    secrets,
    manifest: manifest(forge.url, registry.host),
    work: work(forge.url, registry.host),
    [Symbol.asyncDispose]: async () => {
      await forge.close();
      await registry.close();
    },
  };
}

function manifest(forge: string, registry: string): string {
  return `version: 1
credentials:
  - { name: acme, provider: github, url: "${forge}/acme", token: { env: ACME_TOKEN } }
  - { name: lab, provider: github, url: "${forge}/lab", token: { env: LAB_TOKEN } }
  - { name: hub, provider: registry, registry: "${registry}/team", username: hub-bot, password: { env: HUB_PASSWORD } }
repositories:
  - ${forge}/acme/rnaseq
  - ${forge}/acme/pipeline
  - ${forge}/lab/variants
registries:
  - ${registry}/team
`;
}

function work(forge: string, registry: string): string {
  const lines = [
    'clones="$HOME/clones"',
    `git clone --quiet ${forge}/acme/rnaseq "$clones/rnaseq"`,
    `git clone --quiet ${forge}/lab/variants "$clones/variants"`,
    `git clone --quiet ${forge}/acme/pipeline "$clones/pipeline"`,
    'git -C "$clones/pipeline" submodule --quiet update --init --recursive',
    `skopeo inspect --tls-verify=false --format 'image {{.Name}}' docker://${registry}/team/app:1`,
    'echo "cloned $(cd "$clones" && echo *), in it $(ls "$clones/pipeline/variants")"',
  ];
  return lines.join('\n');
}
