import { createAppAuth } from '@octokit/auth-app';
import { request } from '@octokit/request';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';

let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: ['acme/rnaseq', 'acme/other', 'lab/stats'].map((name) => ({ name })),
    apps: [
      {
        slug: 'pipelines',
        permissions: { contents: 'write', packages: 'read' },
        installations: [
          { account: 'acme' },
          { account: 'lab', repositories: ['stats'], permissions: { contents: 'read' } },
        ],
      },
      { slug: 'stranger' },
    ],
  });
});
afterAll(() => forge.close());

/** The toolkit that everybody uses, pointed at the forge. */
function authOf(slug: string, keyOf = slug) {
  const { clientId } = forge.app(slug);
  return createAppAuth({
    appId: clientId,
    privateKey: forge.app(keyOf).privateKey,
    request: request.defaults({ baseUrl: forge.apiUrl }),
  });
}

async function call(path: string, token: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${forge.apiUrl}${path}`, { ...init, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

describe('a GitHub App', () => {
  test('finds its installation and mints a token limited to a repository, which clones that one', async () => {
    const { token: jwt } = await authOf('pipelines')({ type: 'app' });
    const found = await call('/users/ACME/installation', jwt);
    expect(found.body).toMatchObject({ account: { login: 'acme' }, repository_selection: 'all' });
    const minted = await authOf('pipelines')({
      type: 'installation',
      installationId: found.body.id,
      repositoryNames: ['rnaseq'],
      permissions: { contents: 'read' },
    });
    expect(minted.token).toMatch(/^ghs_demo/);
    expect(minted.permissions).toEqual({ contents: 'read', metadata: 'read' });
    const listed = await call('/installation/repositories', minted.token);
    expect(listed.body.repositories.map((one: { full_name: string }) => one.full_name)).toEqual([
      'acme/rnaseq',
    ]);
    expect((await call('/repos/acme/other', minted.token)).status).toBe(404);
    expect((await call('/installation/token', minted.token, { method: 'DELETE' })).status).toBe(204);
    expect((await call('/rate_limit', minted.token)).status).toBe(401);
  });

  test('is refused with the key of another', async () => {
    const { token: jwt } = await authOf('pipelines', 'stranger')({ type: 'app' });
    const refused = await call('/app', jwt);
    expect(refused.status).toBe(401);
    expect(refused.body.message).toBe('A JSON web token could not be decoded');
  });
});
