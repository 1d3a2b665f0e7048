import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fetch } from '../../src/core/http/fetch.ts';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { startRegistry } from '../../src/demo/registry.ts';
import { checkManifest } from './check/checking.ts';

let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }, { name: 'acme/open', private: false }],
    tokens: [{ token: 'canary-classic', user: 'ada', owners: ['acme'], scopes: ['repo'] }],
  });
});
afterAll(() => forge.close());

/** Checks one repository of the forge with one credential. */
const checked = (credential: string, options: Parameters<typeof checkManifest>[1]) =>
  checkManifest(
    `version: 1\ncredentials:\n${credential}repositories: [FORGE/acme/rnaseq]\n`.replaceAll(
      'FORGE',
      forge.url,
    ),
    options,
  );

describe('what goes wrong inside', () => {
  const broken: Fetch = async (url) => {
    if (new URL(url).host === 'gitlab.example.com') throw new TypeError('canary-broken');
    return globalThis.fetch(url);
  };
  const yaml = () => `version: 1
credentials:
  - { name: lab, provider: gitlab, url: "https://gitlab.example.com", token: { env: LAB } }
repositories: ["https://gitlab.example.com/lab/tool", "${forge.url}/acme/open"]
`;

  test('a mistake of ours at one host hides no other result, and quotes nothing', async () => {
    const result = await checkManifest(yaml(), { env: { LAB: 'canary-lab-token' }, fetch: broken });
    expect(result.credentials).toMatchObject([
      { status: 'unknown', hint: 'This is a mistake in pipeline-credentials: please report it.' },
    ]);
    expect(result.targets.map(({ status }) => status)).toEqual(['denied', 'anonymous']);
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test.each([
    ['as a token is minted', '/access_tokens', 'dawdle'],
    ['as the installation is asked for what it grants', '/acme/installation', 'hang'],
    ['as a repository is asked about', '/acme/rnaseq.git', 'hang'],
  ] as const)('a stop %s is told as one, and gives minted tokens back', async (_, path, fault) => {
    const controller = new AbortController();
    const app = await forge.addApp({ slug: `stopped-${path}`, installations: [{ account: 'acme' }] });
    const minted = () =>
      [...forge.state.minted.values()].filter(({ installation }) => installation.app === app);
    let stop: NodeJS.Timeout | undefined;
    forge.traffic.fail(
      (request) => {
        const found = request.path.includes(path) && (fault === 'dawdle' || minted().length > 0);
        if (found) stop ??= setTimeout(() => controller.abort(), 50);
        return found;
      },
      fault,
      9,
    );
    const keys = `app: { client-id: ${app.clientId}, private-key: { env: KEY } }`;
    const credential = `  - { name: app, provider: github, url: FORGE, purposes: [webhooks], ${keys} }\n`;
    const stopping = checked(credential, { env: { KEY: app.privateKey }, signal: controller.signal });
    await expect(stopping).rejects.toMatchObject({ code: 'interrupted' });
    forge.traffic.heal();
    expect(minted().map(({ revoked }) => revoked)).toEqual([true]);
  });
});

test('a git credential signs in to its registries, also where no target shows it', async () => {
  await using registry = await startRegistry({
    users: [{ username: 'x-access-token', password: 'canary-other' }],
  });
  const credential = `  - { name: acme, provider: github, url: FORGE, token: { env: TOKEN }, registries: ["${registry.host}"] }\n`;
  const { credentials } = await checked(credential, { env: { TOKEN: 'canary-classic' } });
  expect(credentials).toMatchObject([{ status: 'insufficient', missing: [`access to ${registry.host}`] }]);
});
