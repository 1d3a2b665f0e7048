import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BitbucketPlace, bitbucketStore } from '../../src/stores/bitbucket.ts';
import { type FakeBitbucket, startFakeBitbucket } from '../fakes/bitbucket.ts';
import { accessTo, entry, storeToken } from './access.ts';

let bitbucket: FakeBitbucket;
beforeAll(async () => {
  bitbucket = await startFakeBitbucket({
    headers: [`Bearer ${storeToken}`],
    places: ['acme', 'acme/pipeline'],
    deployments: ['Test', 'Production'],
    pageSize: 2,
  });
});
afterAll(() => bitbucket[Symbol.asyncDispose]());

const repository: BitbucketPlace = { workspace: 'acme', repository: 'pipeline', deployment: null };
const places: Record<string, { place: BitbucketPlace; root: string }> = {
  repository: { place: repository, root: 'repositories/acme/pipeline/pipelines_config/variables' },
  deployment: {
    place: { ...repository, deployment: 'production' },
    root: 'repositories/acme/pipeline/deployments_config/environments/{env-Production}/variables',
  },
  workspace: {
    place: { ...repository, repository: null },
    root: 'workspaces/acme/pipelines-config/variables',
  },
};

function store(place: BitbucketPlace, token = storeToken) {
  return bitbucketStore(place, accessTo(bitbucket.apiUrl, 'authorization', `Bearer ${token}`));
}

describe.each(Object.keys(places))('variables of a Bitbucket %s', (kind) => {
  const { place, root } = places[kind] as (typeof places)[string];

  test('are made and replaced, secured, also beyond the first page', async () => {
    const there = store(place);
    for (const name of ['A1', 'A2', 'A3', 'LAB_TOKEN']) {
      expect(await there.find(name)).toBeNull();
      await there.put(entry('canary-value-1', 'base64', name), null);
    }
    const found = await there.find('LAB_TOKEN');
    expect(found?.holds(entry('canary-value-1'))).toBeNull();
    await there.put(entry('canary-value-2'), found);
    expect(bitbucket.variables.get(`${root} LAB_TOKEN`)).toMatchObject({
      value: 'canary-value-2',
      secured: true,
    });
    expect(bitbucket.variables.get(`${root} A1`)?.value).toBe(
      Buffer.from('canary-value-1').toString('base64'),
    );
  });
});

test('one that was open becomes secured, and that it was seen is said', async () => {
  const { root } = places.repository as (typeof places)[string];
  bitbucket.variables.set(`${root} OPEN`, { uuid: '{open}', key: 'OPEN', value: 'before', secured: false });
  const found = await store(repository).find('OPEN');
  expect(found?.holds(entry('before'))).toBe(true);
  expect(found?.advice).toMatch(/not secured before/);
  await store(repository).put(entry('canary-value', 'text', 'OPEN'), found);
  expect(bitbucket.variables.get(`${root} OPEN`)).toMatchObject({ secured: true });
});

test('values in lines go in as base64', () => {
  expect(store(repository).formOf(entry('version: 1\n').value, 'manifest')).toBe('base64');
  expect(store(repository).formOf(entry('canary-value').value, 'line')).toBe('text');
});

test.each([
  ['a name with a dash', entry('canary-value', 'text', 'LAB-TOKEN'), 'variable-name'],
  ['a hundred thousand characters', entry('x'.repeat(100_000)), null],
  ['more', entry('x'.repeat(100_001)), 'variable-size'],
])('%s', (_, one, code) => {
  expect(store(repository).refusal(one)?.code ?? null).toBe(code);
});

test.each([
  ['an unknown token', repository, 'canary-unknown', /answered 401 \(Token is invalid/],
  ['an unknown repository', { ...repository, repository: 'x' }, storeToken, /no such repository/],
  ['an unknown deployment', { ...repository, deployment: 'x' }, storeToken, /no deployment environment x/],
])('%s is told', async (_, place, token, message) => {
  await expect(store(place, token).find('X')).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(message),
  });
});
