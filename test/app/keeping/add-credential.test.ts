import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AddRequest, addCredential } from '../../../src/app/keeping/add-credential.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { openSecret } from '../../stores/open-sealed.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';
import { storeAt } from './store-at.ts';

const token = 'canary-token-0123456789';
const storeToken = 'canary-store-token';
let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }, { name: 'acme/pipeline' }],
    tokens: [
      { token, owners: ['acme'], access: 'read', expires: new Date('2027-03-04T05:06:07Z') },
      { token: storeToken, owners: ['acme'] },
    ],
  });
});
afterAll(() => forge.close());

function request(more: Partial<AddRequest> = {}): AddRequest {
  return {
    manifest: null,
    name: 'acme-lab',
    fields: { provider: 'github', url: `${forge.url}/acme` },
    secretKey: null,
    from: 'NEW_TOKEN',
    keep: 'env',
    variable: null,
    store: null,
    test: true,
    dryRun: false,
    ...more,
  };
}

const store = () => storeAt({ to: `${forge.url}/acme/pipeline` });

test('a first credential makes the manifest: tested, its end from the host, its secret by reference', async () => {
  using folder = makeFolder();
  const context = keepingContext({ cwd: folder.path, env: { NEW_TOKEN: token } });
  const { left, test: tested } = await addCredential(request(), context);
  expect(folder.read('pipeline-credentials.yml')).toMatch(
    /^# yaml-language-server: .*\nversion: 1\ncredentials:\n {2}- name: acme-lab\n {4}provider: github\n {4}url: http:.*\/acme\n {4}token: \{ env: ACME_LAB_TOKEN \}\n {4}expires: 2027-03-04T05:06:07Z\n$/,
  );
  expect(folder.mode('pipeline-credentials.yml')).toBe(0o600);
  expect(tested?.credentials[0]).toMatchObject({ name: 'acme-lab', status: 'ok' });
  expect(left).toEqual([expect.stringMatching(/ACME_LAB_TOKEN.*upload ACME_LAB_TOKEN/)]);
});

test('a secret goes to a store before the manifest speaks of it', async () => {
  using folder = makeFolder();
  folder.write('m.yml', `# ours\nversion: 1\nrepositories:\n  - ${forge.url}/acme/rnaseq # the main one\n`);
  const context = keepingContext({ cwd: folder.path, input: `${token}\n`, env: { STORE_TOKEN: storeToken } });
  const { left } = await addCredential(request({ manifest: 'm.yml', from: '-', store: store() }), context);
  expect(left).toEqual([]);
  expect(await openSecret(forge.state.shelves.get('acme/pipeline'), 'ACME_LAB_TOKEN')).toBe(token);
  expect(folder.read('m.yml')).toMatch(
    /^# ours\nversion: 1\nrepositories:\n.*# the main one\ncredentials:\n {2}- name: acme-lab/,
  );
});

test('a secret in a file, or in the manifest itself', async () => {
  using folder = makeFolder();
  const context = keepingContext({ cwd: folder.path, env: { NEW_TOKEN: token } });
  await addCredential(request({ keep: 'file' }), context);
  const path = '.config/pipeline-credentials/keys/acme-lab.token';
  expect([folder.read(path), folder.mode(path)]).toEqual([token, 0o600]);
  await addCredential(request({ name: 'second', keep: 'manifest' }), context);
  expect(folder.read('pipeline-credentials.yml')).toContain(`token: { file: ${folder.file(path)} }`);
  expect(folder.read('pipeline-credentials.yml')).toContain(`token: ${token}`);
});

test('on a terminal it asks for what is missing', async () => {
  using folder = makeFolder();
  const answers = ['github', `${forge.url}/acme`, token];
  const context = keepingContext({ cwd: folder.path, answers });
  await addCredential(request({ fields: {}, from: null }), context);
  expect(context.talk).toEqual([
    expect.stringMatching(/^Provider \(github, gitlab,/),
    expect.stringMatching(/^Base URL/),
    'Token of acme-lab (not shown): ',
  ]);
  expect(folder.read('pipeline-credentials.yml')).toContain('provider: github');
});

test('a dry run asks the host and changes nothing', async () => {
  using folder = makeFolder();
  const context = keepingContext({ cwd: folder.path, env: { NEW_TOKEN: token, STORE_TOKEN: storeToken } });
  const puts = forge.traffic.requests.filter(({ method }) => method === 'PUT').length;
  await addCredential(request({ dryRun: true, store: store() }), context);
  expect(() => folder.read('pipeline-credentials.yml')).toThrow('ENOENT');
  expect(forge.traffic.requests.filter(({ method }) => method === 'PUT').length).toBe(puts);
});

test.each<[string, Partial<AddRequest>, string, RegExp]>([
  ['does not work', { from: 'WRONG' }, 'refused', /acme-lab does not work/],
  ['has no secret', { from: 'UNSET' }, 'usage', /not set/],
  [
    'was given on the command line',
    { from: 'canary-typed-by-mistake' },
    'usage',
    /file that --secret-from names does not exist/,
  ],
  ['has a wrong key', { fields: { provider: 'github', colour: 'red' } }, 'manifest-invalid', /mistake/],
  [
    'has a wrong URL',
    { fields: { provider: 'github', url: 'https://*.example.com' } },
    'manifest-invalid',
    /mistake/,
  ],
  ['has an unknown provider', { fields: { provider: 'githup' } }, 'usage', /no such provider/],
  ['lacks what must be said', { fields: { provider: 'registry' } }, 'usage', /--registry is missing/],
])('what %s is not saved', async (_, more, code, message) => {
  using folder = makeFolder();
  folder.write('pipeline-credentials.yml', 'version: 1\ncredentials: []\n');
  const env = { NEW_TOKEN: token, WRONG: 'canary-wrong-0123456789' };
  const context = keepingContext({ cwd: folder.path, env });
  const failure = await addCredential(request(more), context).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(JSON.stringify([failure, context.talk])).not.toContain('canary');
  expect(folder.read('pipeline-credentials.yml')).toBe('version: 1\ncredentials: []\n');
});

test('a name that is taken is said before anything is asked', async () => {
  using folder = makeFolder();
  folder.write(
    'pipeline-credentials.yml',
    'version: 1\ncredentials:\n  - { name: Acme-Lab, provider: github, token: { env: T } }\n',
  );
  await expect(
    addCredential(request(), keepingContext({ cwd: folder.path, answers: [] })),
  ).rejects.toMatchObject({
    code: 'usage',
    hint: expect.stringContaining('credential edit'),
  });
});
