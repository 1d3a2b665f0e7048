import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GitlabPlace, gitlabStore } from '../../src/stores/gitlab.ts';
import { type FakeGitlab, startFakeGitlab } from '../fakes/gitlab.ts';
import { accessTo, entry, storeToken } from './access.ts';

let gitlab: FakeGitlab;
beforeAll(async () => {
  gitlab = await startFakeGitlab();
  gitlab.addToken({ token: storeToken, manages: ['acme/pipeline', 'acme'] });
  gitlab.addToken({ token: 'canary-reader', scopes: ['read_api'] });
});
afterAll(() => gitlab[Symbol.asyncDispose]());

const project: GitlabPlace = {
  path: 'acme/pipeline',
  kind: 'projects',
  scope: '*',
  isProtected: null,
  files: false,
};

function store(place: Partial<GitlabPlace> = {}, { token = storeToken, api = gitlab.apiUrl } = {}) {
  return gitlabStore({ ...project, ...place }, accessTo(api, 'private-token', token));
}

test('a new variable is masked and hidden, and not expanded', async () => {
  const there = store();
  expect(there.label).toBe(`the CI/CD variables of ${gitlab.host}/acme/pipeline`);
  expect(await there.find('NEW')).toBeNull();
  await there.put(entry('canary-$value-1', 'base64', 'NEW'), null);
  expect(gitlab.variable('acme/pipeline', 'NEW')).toMatchObject({
    value: Buffer.from('canary-$value-1').toString('base64'),
    masked: true,
    hidden: true,
    raw: true,
    protected: false,
    variable_type: 'env_var',
  });
  const found = await there.find('NEW');
  expect(found?.holds(entry('canary-$value-1', 'base64'))).toBeNull();
  expect(found?.advice).toBeNull();
});

test('a group, an environment, protection, a file', async () => {
  const there = store({ path: 'acme', kind: 'groups', scope: 'production', isProtected: true, files: true });
  await there.put(entry('version: 1\n', 'file', 'MANIFEST'), null);
  expect(gitlab.variable('acme', 'MANIFEST', 'production')).toMatchObject({
    value: 'version: 1\n',
    variable_type: 'file',
    protected: true,
    masked: false,
  });
  await there.put(entry('version: 1\n# newer\n', 'file', 'MANIFEST'), await there.find('MANIFEST'));
  expect((await there.find('MANIFEST'))?.holds(entry('version: 1\n# newer\n', 'file'))).toBe(true);
});

test('one that was open is masked, stays as protected as it was, and that it can be read is said', async () => {
  gitlab.variables.set('acme/pipeline OLD *', {
    key: 'OLD',
    value: 'before',
    variable_type: 'env_var',
    protected: true,
    masked: false,
    hidden: false,
    raw: false,
    environment_scope: '*',
    description: null,
  });
  const found = await store().find('OLD');
  expect(found?.holds(entry('before'))).toBe(true);
  expect(found?.advice).toMatch(/maintainers can read it/);
  await store().put(entry('canary-value', 'text', 'OLD'), found);
  expect(gitlab.variable('acme/pipeline', 'OLD')).toMatchObject({
    value: 'canary-value',
    masked: true,
    protected: true,
    raw: true,
  });
});

test('a GitLab that cannot hide variables masks them', async () => {
  await using older = await startFakeGitlab({ hides: false });
  older.addToken({ token: storeToken, manages: ['acme/pipeline'] });
  await store({}, { api: older.apiUrl }).put(entry('canary-value', 'text', 'NEW'), null);
  expect(older.variable('acme/pipeline', 'NEW')).toMatchObject({ masked: true, hidden: false });
});

test.each([
  ['glpat-0123456789', 'line', false, 'text'],
  ['version: 1\n', 'manifest', false, 'base64'],
  ['version: 1\n', 'manifest', true, 'file'],
  ['-----BEGIN RSA PRIVATE KEY-----\nx\n-----END RSA PRIVATE KEY-----\n', 'key', true, 'base64'],
] as const)('%j as a %s', (text, holds, files, form) => {
  expect(store({ files }).formOf(entry(text).value, holds)).toBe(form);
});

test.each([
  ['LAB_TOKEN', entry('canary-value'), null],
  ['with spaces', entry('canary value'), 'variable-maskable'],
  ['of seven characters', entry('1234567'), 'variable-maskable'],
  ['of 120 KiB', entry('x'.repeat(120 * 1024)), null],
  ['larger', entry('x'.repeat(120 * 1024 + 1)), 'variable-size'],
  ['larger as a file', entry('x'.repeat(120 * 1024 + 1), 'file'), null],
  ['huge as a file', entry('x'.repeat(1024 * 1024 + 1), 'file'), 'variable-size'],
  ['LAB-TOKEN', entry('canary-value', 'text', 'LAB-TOKEN'), 'variable-name'],
])('a value %s', (_, one, code) => {
  expect(store().refusal(one)?.code ?? null).toBe(code);
});

test.each([
  ['an unknown token', {}, 'canary-unknown', /answered 401 \(401 Unauthorized\)/],
  ['a token without the scope', {}, 'canary-reader', /answered 403 \(insufficient_scope\)/],
])('%s is told', async (_, place, token, message) => {
  await expect(store(place, { token }).find('X')).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/STORE_TOKEN/),
  });
});

test('a project that the token does not manage is told when writing', async () => {
  await expect(store({ path: 'acme/other' }).put(entry('canary-value'), null)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/no project acme\/other/),
    hint: expect.stringMatching(/Maintainer/),
  });
});
