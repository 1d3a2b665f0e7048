import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { checkManifest } from './check/checking.ts';

let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [
      { name: 'acme/rnaseq', tags: ['v2.1.0', 'v2.0.0'], branches: { develop: { a: 'b' } } },
      { name: 'acme/variants' },
      { name: 'lab/stats' },
      { name: 'acme/open', private: false },
    ],
    tokens: [
      { token: 'canary-classic', user: 'ada', owners: ['acme'], scopes: ['repo'] },
      { token: 'canary-reader', user: 'ada', owners: ['acme'], access: 'read' },
    ],
  });
});
afterAll(() => forge.close());

const manifest = (
  targets: string,
  credential = '{ name: acme, provider: github, url: FORGE, token: { env: TOKEN } }',
) => `version: 1\ncredentials:\n  - ${credential}\nrepositories:\n${targets}`.replaceAll('FORGE', forge.url);
const env = { TOKEN: 'canary-classic' };
const head = (name: string) => forge.state.repositories.get(name)?.head;

describe('repositories', () => {
  test('are read with the credential that serves them, at the default branch', async () => {
    const { credentials, targets, status } = await checkManifest(manifest('  - FORGE/acme/rnaseq\n'), {
      env,
    });
    expect(status).toBe('ok');
    expect(credentials).toMatchObject([{ name: 'acme', status: 'ok', identity: 'ada', scopes: ['repo'] }]);
    expect(targets).toMatchObject([
      {
        target: `${forge.url}/acme/rnaseq`,
        credential: 'acme',
        status: 'ok',
        revision: { name: 'main', sha: head('acme/rnaseq') },
        message: 'it can be read',
        proof: 'credential',
      },
    ]);
  });
});
