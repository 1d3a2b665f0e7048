import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { githubTracker } from '../../src/ci/issues/github.ts';
import { keepIssue } from '../../src/ci/issues/tracker.ts';
import { Secret } from '../../src/core/secret.ts';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { createHttp } from '../../src/system/http.ts';
import { checkManifest } from '../app/check/checking.ts';
import { readDescription, recording } from './openapi.ts';

const http = createHttp({ env: {} });
const { noting, exchanges } = recording(http.fetch);
let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    users: ['ada'],
    repositories: [{ name: 'acme/rnaseq' }, { name: 'lab/stats' }],
    tokens: [{ token: 'canary-classic', user: 'ada', owners: ['acme'], scopes: ['repo'] }],
    apps: [{ slug: 'pipelines', installations: [{ account: 'acme' }, { account: 'lab', suspended: true }] }],
  });
});
afterAll(async () => {
  http.close();
  await forge.close();
});

describe.each(['api.github.com', 'ghes-3.19'])('by the description of %s', (edition) => {
  const { problems } = readDescription(edition);
  const wrong = () =>
    exchanges
      .splice(0)
      .flatMap((one) => problems(one).map((problem) => `${one.method} ${one.path}: ${problem}`));

  test('a check asks and is answered as GitHub does', async () => {
    const { clientId, privateKey } = forge.app('pipelines');
    const yaml = `version: 1
credentials:
  - { name: own, provider: github, url: ${forge.url}/acme, token: { env: TOKEN } }
  - { name: dead, provider: github, url: ${forge.url}/dead, token: { env: DEAD } }
  - { name: app, provider: github, url: ${forge.url}, app: { client-id: ${clientId}, private-key: { env: KEY } }, purposes: [webhooks] }
repositories:
  - ${forge.url}/acme/rnaseq
  - { url: ${forge.url}/acme/rnaseq, credential: app }
  - ${forge.url}/lab/stats
  - ${forge.url}/nowhere/tool
`;
    const env = { TOKEN: 'canary-classic', DEAD: 'canary-dead-token', KEY: privateKey };
    const { targets } = await checkManifest(yaml, { env, fetch: noting });
    expect(targets.map(({ status }) => status)).toEqual(['ok', 'ok', 'denied', 'denied']);
    expect(exchanges.length).toBeGreaterThan(6);
    expect(wrong()).toEqual([]);
  });

  test('an issue is kept as GitHub describes it', async () => {
    const token = new Secret('canary-classic');
    const tracker = await githubTracker({
      repository: 'acme/rnaseq',
      apiUrl: forge.apiUrl,
      token,
      fetch: noting,
    });
    const report = {
      key: edition,
      title: 'one fails',
      body: 'text',
      isProblem: true,
      contacts: ['ada', 'nobody'],
    };
    for (const next of [report, { ...report, title: 'two fail' }, { ...report, isProblem: false }])
      await keepIssue(tracker, next);
    expect(exchanges.length).toBeGreaterThan(6);
    expect(wrong()).toEqual([]);
  });
});
