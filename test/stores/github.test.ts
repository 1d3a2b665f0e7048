import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type GithubPlace, githubStore } from '../../src/stores/github.ts';
import { accessTo, entry, storeToken } from './access.ts';
import { openSecret } from './open-sealed.ts';

let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/pipeline' }, { name: 'acme/other' }],
    environments: ['acme/pipeline:production'],
    tokens: [
      { token: storeToken, owners: ['acme'] },
      { token: 'canary-reader', repositories: ['acme/pipeline'], access: 'read' },
    ],
  });
});
afterAll(() => forge.close());

const repository: GithubPlace = {
  owner: 'acme',
  repository: 'pipeline',
  environment: null,
  visibility: 'private',
};
const places: Record<string, { place: GithubPlace; shelf: string; label: string }> = {
  repository: { place: repository, shelf: 'acme/pipeline', label: '/acme/pipeline' },
  environment: {
    place: { ...repository, environment: 'production' },
    shelf: 'acme/pipeline:production',
    label: '/acme/pipeline, environment production',
  },
  organisation: { place: { ...repository, repository: null }, shelf: 'acme', label: '/acme' },
};

function store(place: GithubPlace, token = storeToken) {
  return githubStore(place, accessTo(forge.apiUrl, 'authorization', `Bearer ${token}`));
}

describe.each(Object.keys(places))('secrets of a GitHub %s', (kind) => {
  const { place, shelf, label } = places[kind] as (typeof places)[string];

  test('are made and replaced, sealed', async () => {
    const there = store(place);
    expect(there.label).toBe(`the secrets of ${forge.host}${label}`);
    expect(await there.find('LAB_TOKEN')).toBeNull();
    await there.put(entry('canary-value-1'), null);
    expect(await openSecret(forge.state.shelves.get(shelf), 'LAB_TOKEN')).toBe('canary-value-1');
    const found = await there.find('LAB_TOKEN');
    expect(found).toMatchObject({ version: expect.stringMatching(/^\d{4}-/), advice: null });
    expect(found?.holds(entry('canary-value-1'))).toBeNull();
    await there.put(entry('canary-value-2'), found);
    expect(await openSecret(forge.state.shelves.get(shelf), 'LAB_TOKEN')).toBe('canary-value-2');
    expect(JSON.stringify(forge.traffic.requests.map(({ body }) => body))).not.toContain('canary-value');
  });
});

test("an organisation's secret stays with the repositories it was chosen for", async () => {
  const there = store({ ...repository, repository: null, visibility: 'all' });
  await there.put(entry('canary-value', 'text', 'CHOSEN'), null);
  const shelf = forge.state.shelves.get('acme');
  expect(shelf?.secrets.get('CHOSEN')).toMatchObject({ visibility: 'all' });
  const chosen = [forge.state.repositories.get('acme/other')?.id ?? 0];
  const before = shelf?.secrets.get('CHOSEN');
  if (before !== undefined)
    shelf?.secrets.set('CHOSEN', { ...before, visibility: 'selected', repositoryIds: chosen });
  await there.put(entry('canary-newer', 'text', 'CHOSEN'), await there.find('CHOSEN'));
  expect(shelf?.secrets.get('CHOSEN')).toMatchObject({ visibility: 'selected', repositoryIds: chosen });
});

test('a list of repositories without an end is not followed for ever, and not cut', async () => {
  const there = store({ ...repository, repository: null, visibility: 'all' });
  await there.put(entry('canary-value', 'text', 'ENDLESS'), null);
  const shelf = forge.state.shelves.get('acme');
  const before = shelf?.secrets.get('ENDLESS');
  if (before !== undefined) shelf?.secrets.set('ENDLESS', { ...before, visibility: 'selected' });
  const body = { repositories: Array.from({ length: 100 }, (_, id) => ({ id })) };
  forge.traffic.fail('/ENDLESS/repositories', { status: 200, body }, 1000);
  await expect(there.find('ENDLESS')).rejects.toThrow('without an end');
  forge.traffic.heal();
});

test.each([
  ['LAB_TOKEN', 'x', null],
  ['lab_token', 'x', null],
  ['GITHUB_TOKEN', 'x', 'secret-name'],
  ['1ST', 'x', 'secret-name'],
  ['LAB-TOKEN', 'x', 'secret-name'],
  ['LAB_TOKEN', 'x'.repeat(48 * 1024), null],
  ['LAB_TOKEN', 'x'.repeat(48 * 1024 + 1), 'secret-size'],
])('%s with %.3s...', (name, text, code) => {
  expect(store(repository).refusal(entry(text, 'text', name))?.code ?? null).toBe(code);
});

test.each([
  ['an unknown token', repository, 'canary-unknown', /answered 401 \(Bad credentials\)\.$/, /STORE_TOKEN/],
  ['a token that may only read', repository, 'canary-reader', /answered 403/, /right to write/],
  [
    'an unknown repository',
    { ...repository, repository: 'nowhere' },
    storeToken,
    /no such repository/,
    /Secrets: write/,
  ],
  [
    'an unknown environment',
    { ...repository, environment: 'x' },
    storeToken,
    /no such environment/,
    /settings/,
  ],
  [
    'an unknown organisation',
    { ...repository, owner: 'x', repository: null },
    storeToken,
    /organisation/,
    /admin:org/,
  ],
])('%s is told', async (_, place, token, message, hint) => {
  const failure = await store(place, token)
    .find('LAB_TOKEN')
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'refused',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
  expect(JSON.stringify(failure)).not.toContain('canary');
});

test('reading is tried again when the server stumbles, writing is not', async () => {
  forge.traffic.fail('GET /api/v3/repos/acme/pipeline/actions/secrets/public-key', { status: 502 }, 2);
  const found = await store(repository).find('LAB_TOKEN');
  forge.traffic.fail('PUT', { status: 502, body: { message: 'canary-value' } });
  const sent = forge.traffic.requests.length;
  await expect(store(repository).put(entry('canary-value'), found)).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.not.stringContaining('canary'),
  });
  expect(forge.traffic.requests.slice(sent).filter(({ method }) => method === 'PUT')).toHaveLength(1);
});
