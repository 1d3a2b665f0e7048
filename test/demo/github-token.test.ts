import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';

let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }, { name: 'acme/public', private: false }],
    tokens: [
      { token: 'canary-classic', user: 'ada', owners: ['acme'], scopes: ['repo', 'user'] },
      {
        token: 'canary-fine',
        owners: ['acme'],
        access: 'read',
        expires: new Date('2124-05-18T21:00:00.000Z'),
      },
      { token: 'canary-expired', owners: ['acme'], expires: new Date('2024-05-18T21:00:00.000Z') },
    ],
  });
});
afterAll(() => forge.close());

function call(path: string, authorization?: string): Promise<Response> {
  return fetch(`${forge.apiUrl}${path}`, { headers: authorization === undefined ? {} : { authorization } });
}

test('a classic token tells who it is and what it may', async () => {
  const response = await call('/user', 'token canary-classic');
  expect(await response.json()).toMatchObject({ login: 'ada', type: 'User' });
  expect(response.headers.get('x-oauth-scopes')).toBe('repo, user');
  expect(response.headers.has('github-authentication-token-expiration')).toBe(false);
});

test('a fine-grained token tells when it ends, not what it may', async () => {
  const { headers } = await call('/user', 'Bearer canary-fine');
  expect(headers.get('github-authentication-token-expiration')).toBe('2124-05-18 21:00:00 UTC');
  expect(headers.has('x-oauth-scopes')).toBe(false);
});

test.each([
  ['/user', undefined, 401, 'Requires authentication'],
  ['/user', 'Bearer canary-wrong', 401, 'Bad credentials'],
  ['/user', 'Bearer canary-expired', 401, 'Bad credentials'],
  ['/repos/acme/rnaseq', undefined, 404, 'Not Found'],
  ['/repos/acme/public', 'Bearer canary-wrong', 401, 'Bad credentials'],
  ['/nothing/here', 'Bearer canary-fine', 404, 'Not Found'],
])('%s with %s is answered %i', async (path, authorization, status, message) => {
  const response = await call(path, authorization);
  expect([response.status, await response.json()]).toMatchObject([status, { message }]);
});

test.each([
  ['acme/rnaseq', 'Bearer canary-classic', { pull: true, push: true }],
  ['acme/rnaseq', 'Bearer canary-fine', { pull: true, push: false }],
  ['acme/public', undefined, { pull: true, push: false }],
])('the repository %s says to %s what it may do', async (name, authorization, permissions) => {
  const body = await (await call(`/repos/${name}`, authorization)).json();
  expect(body).toMatchObject({ full_name: name, permissions, clone_url: `${forge.url}/${name}.git` });
  expect(body).toHaveProperty('git_commits_url', `${forge.apiUrl}/repos/${name}/git/commits{/sha}`);
});
