import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { appFromManifest, readManifestOfApp } from '../../src/demo/forge/app-from-manifest.ts';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { fetchCreatedApp } from '../../src/providers/github-app/created-app.ts';
import { revokeToken } from '../../src/providers/revoke-token.ts';
import { type GithubPlace, githubStore } from '../../src/stores/github.ts';
import { createHttp } from '../../src/system/http.ts';
import { accessTo, entry, storeToken } from '../stores/access.ts';
import { readDescription, recording } from './openapi.ts';

const http = createHttp({ env: {} });
const { noting, exchanges } = recording(http.fetch);
let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/pipeline' }],
    environments: ['acme/pipeline:production'],
    tokens: [
      { token: storeToken, owners: ['acme'] },
      { token: 'canary-retired', owners: ['acme'] },
    ],
  });
});
afterAll(async () => {
  http.close();
  await forge.close();
});

const repository: GithubPlace = {
  owner: 'acme',
  repository: 'pipeline',
  environment: null,
  visibility: 'private',
};
const places: Readonly<Record<string, GithubPlace>> = {
  'a repository': repository,
  'an environment': { ...repository, environment: 'production' },
  'an organisation': { ...repository, repository: null },
};

describe.each(['api.github.com', 'ghes-3.19'])('by the description of %s', (edition) => {
  const { problems } = readDescription(edition);
  const wrong = () =>
    exchanges
      .splice(0)
      .flatMap((one) => problems(one).map((problem) => `${one.method} ${one.path}: ${problem}`));

  test.each(Object.keys(places))('secrets of %s are kept as GitHub describes it', async (name) => {
    const access = { ...accessTo(forge.apiUrl, 'authorization', `Bearer ${storeToken}`), fetch: noting };
    const store = githubStore(places[name] as GithubPlace, access);
    const one = entry('canary-value', 'text', `OF_${edition.replace(/\W/g, '_')}`);
    expect(await store.find(one.name)).toBeNull();
    await store.put(one, null);
    await store.put(one, await store.find(one.name));
    if (name === 'an organisation') {
      const shelf = forge.state.shelves.get('acme');
      const kept = shelf?.secrets.get(one.name.toUpperCase());
      if (kept !== undefined)
        shelf?.secrets.set(kept.name, { ...kept, visibility: 'selected', repositoryIds: [1] });
      await store.put(one, await store.find(one.name));
    }
    expect(exchanges.map(({ method, status }) => `${method} ${status}`)).toContain('PUT 204');
    expect(wrong()).toEqual([]);
  });

  test('an App is made from a manifest as GitHub describes it', async () => {
    const manifest = JSON.stringify({
      name: `made by ${edition}`,
      url: 'https://example.com',
      redirect_url: 'http://127.0.0.1/x',
    });
    const read = readManifestOfApp(manifest);
    if (typeof read === 'string') throw new Error(read);
    const made = await appFromManifest(forge.state, read, 'acme');
    if (typeof made === 'string') throw new Error(made);
    await fetchCreatedApp(made.code, { api: forge.apiUrl, fetch: noting });
    await expect(fetchCreatedApp(made.code, { api: forge.apiUrl, fetch: noting })).rejects.toThrow();
    expect(exchanges.map(({ status }) => status)).toEqual([201, 404]);
    expect(wrong()).toEqual([]);
  });

  test('a token is ended as GitHub describes it', async () => {
    const signIn = { kind: 'token', token: new Secret('canary-retired') } as const;
    const base = { scheme: 'http', host: forge.host, segments: [] } as const;
    const credential = { provider: 'github', base, apiUrl: null } as unknown as Parameters<
      typeof revokeToken
    >[0]['credential'];
    expect(await revokeToken({ credential, signIn }, noting)).toBe(true);
    expect(exchanges).toHaveLength(1);
    expect(wrong()).toEqual(edition === 'api.github.com' ? [] : [expect.stringMatching(/there is no|^$/)]);
  });
});
