import { afterAll, beforeAll, expect, test } from 'vitest';
import { type UploadRequest, upload } from '../../../src/app/keeping/upload.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { startFakeBitbucket } from '../../fakes/bitbucket.ts';
import { startFakeGitlab } from '../../fakes/gitlab.ts';
import { openSecret } from '../../stores/open-sealed.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';
import { storeAt } from './store-at.ts';

const token = 'canary-token-0123456789';
const other = 'canary-other-0123456789';
const storeToken = 'canary-store-token';
let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }, { name: 'acme/pipeline' }],
    tokens: [
      { token, repositories: ['acme/rnaseq'], access: 'read' },
      { token: other, repositories: ['acme/rnaseq'], access: 'read' },
      { token: storeToken, owners: ['acme'] },
    ],
  });
});
afterAll(() => forge.close());

function manifest(...secrets: readonly string[]): string {
  const entries = secrets.map(
    (secret, index) =>
      `  - name: c${index}\n    provider: github\n    url: ${forge.url}/acme\n    token: ${secret} # ${index}\n`,
  );
  return `version: 1\ncredentials:\n${entries.join('')}`;
}

function request(
  to: string,
  more: Partial<UploadRequest> & { provider?: string; apiUrl?: string; files?: boolean } = {},
): UploadRequest {
  const { provider = null, apiUrl = null, files = false, ...rest } = more;
  return {
    manifest: { text: null, files: ['m.yml'], allowEnv: '' },
    names: [],
    as: 'PIPELINE_CREDENTIALS',
    inline: 'files',
    store: storeAt({ to, provider, apiUrl, files }),
    test: true,
    dryRun: false,
    ...rest,
  };
}

const env = () => ({ STORE_TOKEN: storeToken, T0: token });

test('the manifest, with its files in it, tested, sealed', async () => {
  using folder = makeFolder();
  folder.write('key', `${other}\n`);
  folder.write('m.yml', manifest('{ env: T0 }', `{ file: ${folder.file('key')} }`, '{ env: ELSEWHERE }'));
  const context = keepingContext({ cwd: folder.path, env: env() });
  const result = await upload(request(`${forge.url}/acme/pipeline`), context);
  const stored = manifest('{ env: T0 }', other, '{ env: ELSEWHERE }');
  expect(await openSecret(forge.state.shelves.get('acme/pipeline'), 'PIPELINE_CREDENTIALS')).toBe(stored);
  expect(result).toEqual({
    store: `the secrets of ${forge.host}/acme/pipeline`,
    values: [
      { name: 'PIPELINE_CREDENTIALS', size: stored.length, form: 'text', replaces: false, advice: null },
    ],
    untested: [{ name: 'c2', missing: ['ELSEWHERE'] }],
  });
  expect(folder.read('m.yml')).toContain('file:');
  expect(JSON.stringify([result, context.talk])).not.toContain('canary');
});

test('all in one, or nothing put in', async () => {
  using folder = makeFolder();
  folder.write('key', other);
  folder.write('m.yml', manifest('{ env: T0 }', `{ file: ${folder.file('key')} }`));
  const context = keepingContext({ cwd: folder.path, env: env() });
  const held = () => openSecret(forge.state.shelves.get('acme/pipeline'), 'PIPELINE_CREDENTIALS');
  await upload(request(`${forge.url}/acme/pipeline`, { inline: 'all' }), context);
  expect(await held()).toBe(manifest(token, other));
  const { values } = await upload(
    request(`${forge.url}/acme/pipeline`, { inline: 'none', test: false }),
    context,
  );
  expect(values[0]?.replaces).toBe(true);
  expect(await held()).toBe(folder.read('m.yml'));
});

test('GitLab gets base64, masked and hidden, or a file; Bitbucket base64, secured; a file the text', async () => {
  using folder = makeFolder();
  const text = manifest('{ env: T0 }');
  const packed = Buffer.from(text).toString('base64');
  folder.write('m.yml', text);
  await using gitlab = await startFakeGitlab();
  gitlab.addToken({ token: storeToken, manages: ['acme/pipeline', 'acme'] });
  await using bitbucket = await startFakeBitbucket({
    headers: [`Bearer ${storeToken}`],
    places: ['acme/pipeline'],
  });
  const context = keepingContext({ cwd: folder.path, env: env() });
  await upload(request(`${gitlab.url}/acme/pipeline`, { provider: 'gitlab' }), context);
  expect(gitlab.variable('acme/pipeline', 'PIPELINE_CREDENTIALS')).toMatchObject({
    value: packed,
    hidden: true,
  });
  await upload(request(`${gitlab.url}/acme`, { provider: 'gitlab', files: true }), context);
  expect(gitlab.variable('acme', 'PIPELINE_CREDENTIALS')).toMatchObject({
    value: text,
    variable_type: 'file',
  });
  await upload(request('https://bitbucket.org/acme/pipeline', { apiUrl: bitbucket.apiUrl }), context);
  expect([...bitbucket.variables.values()]).toMatchObject([
    { key: 'PIPELINE_CREDENTIALS', value: packed, secured: true },
  ]);
  await upload(request('./stored.yml'), context);
  expect([folder.read('stored.yml'), folder.mode('stored.yml')]).toEqual([text, 0o600]);
});

test('single values by the names that the manifest has', async () => {
  using folder = makeFolder();
  folder.write('m.yml', manifest('{ env: T0 }', '{ file: { env: T1_FILE } }'));
  folder.write('t1', other);
  await using gitlab = await startFakeGitlab();
  gitlab.addToken({ token: storeToken, manages: ['acme/pipeline'] });
  const context = keepingContext({ cwd: folder.path, env: { ...env(), T1_FILE: folder.file('t1') } });
  await upload(
    request(`${gitlab.url}/acme/pipeline`, { provider: 'gitlab', names: ['T0', 'T1_FILE'] }),
    context,
  );
  expect(gitlab.variable('acme/pipeline', 'T0')).toMatchObject({ value: token, variable_type: 'env_var' });
  expect(gitlab.variable('acme/pipeline', 'T1_FILE')).toMatchObject({ value: other, variable_type: 'file' });
});

test('a dry run tells names and sizes, and writes nothing', async () => {
  using folder = makeFolder();
  folder.write('m.yml', manifest('{ env: T0 }'));
  const writes = () => forge.traffic.requests.filter(({ method }) => method === 'PUT').length;
  const before = writes();
  const context = keepingContext({ cwd: folder.path, env: env() });
  const { values } = await upload(
    request(`${forge.url}/acme/pipeline`, { dryRun: true, as: 'ELSE' }),
    context,
  );
  expect(values).toEqual([
    { name: 'ELSE', size: folder.read('m.yml').length, form: 'text', replaces: false, advice: null },
  ]);
  expect(writes()).toBe(before);
});

test.each<[string, string, Partial<UploadRequest>, RegExp]>([
  ['does not work', 'WRONG', {}, /does not work.*Nothing was uploaded/],
  ['has no name in the manifest', 'T0', { names: ['T9'] }, /names no variable T9/],
  ['is not set', 'UNSET', { names: ['UNSET'] }, /UNSET is not set here/],
  ['has a name that the store refuses', 'T0', { as: 'GITHUB_X' }, /GITHUB_X is no name/],
])('what %s is not stored', async (_, name, more, message) => {
  using folder = makeFolder();
  folder.write('m.yml', manifest(`{ env: ${name} }`));
  const context = keepingContext({ cwd: folder.path, env: { ...env(), WRONG: 'canary-wrong-0123456789' } });
  const puts = forge.traffic.requests.filter(({ method }) => method === 'PUT').length;
  const failure = await upload(request(`${forge.url}/acme/pipeline`, more), context).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ message: expect.stringMatching(message) });
  expect(JSON.stringify(failure)).not.toContain('canary');
  expect(forge.traffic.requests.filter(({ method }) => method === 'PUT').length).toBe(puts);
});

test.each<[string, string, Record<string, string>, RegExp]>([
  [
    'a token for another host',
    'https://github.example.com/acme/x',
    { GH_TOKEN: storeToken },
    /no variable is named/,
  ],
  ['no token', 'https://github.com/acme/x', {}, /GH_TOKEN and GITHUB_TOKEN are empty/],
  ['a host alone', 'https://github.com', { GH_TOKEN: storeToken }, /names a host only/],
  ['an unknown host', 'https://git.example.org/acme/x', { GH_TOKEN: storeToken }, /which kind of host/],
  ['http', 'http://github.com/acme/x', { GH_TOKEN: storeToken }, /https only/],
])('with %s nothing is sent', async (_, to, variables, message) => {
  using folder = makeFolder();
  folder.write(
    'm.yml',
    `version: 1\ncredentials:\n  - { name: a, provider: github, url: 'https://github.example.com', token: { env: T } }\n`,
  );
  const context = keepingContext({ cwd: folder.path, env: variables });
  const sent: string[] = [];
  const http = {
    ...context.http,
    fetch: async (url: string | URL) => Promise.reject(sent.push(String(url))),
  };
  const asked = request(to);
  const run = upload({ ...asked, store: { ...asked.store, tokenName: null } }, { ...context, http });
  await expect(run).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
  expect(sent).toEqual([]);
});

test.each<[string, string, Partial<UploadRequest['store']>, string | null]>([
  ['on another host', 'https://evil.example.com/api/v4', {}, null],
  ['on a host that begins like it', 'https://gitlab.example.com.evil.example.com/api/v4', {}, null],
  [
    'below a path of the same host',
    'https://gitlab.example.com/root/api/v4',
    {},
    'gitlab.example.com/root/api/v4',
  ],
])(
  'rule 9: a manifest that says the API is %s does not get the token of the store sent there',
  async (_, api, more, sent) => {
    using folder = makeFolder();
    folder.write(
      'm.yml',
      `version: 1\ncredentials:\n  - { name: a, provider: gitlab, url: 'https://gitlab.example.com/acme', api-url: '${api}', token: { env: T } }\n`,
    );
    const context = keepingContext({ cwd: folder.path, env: { STORE_TOKEN: storeToken, T: token } });
    const asked: string[] = [];
    const http = {
      ...context.http,
      fetch: async (url: string | URL) => Promise.reject(asked.push(String(url))),
    };
    const base = request('https://gitlab.example.com/root/acme/x');
    await upload({ ...base, test: false, store: { ...base.store, ...more } }, { ...context, http }).catch(
      () => {},
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((url) => url.startsWith(`https://${sent ?? 'gitlab.example.com/api/v4'}/`))).toBe(
      true,
    );
  },
);

test('an API that is named does not get the token that was meant for the public one', async () => {
  using folder = makeFolder();
  folder.write('m.yml', manifest('{ env: T0 }'));
  const context = keepingContext({ cwd: folder.path, env: { GH_TOKEN: storeToken } });
  const base = request('https://github.com/acme/x', { apiUrl: 'https://evil.example.com' });
  const run = upload({ ...base, store: { ...base.store, tokenName: null } }, context);
  await expect(run).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/no variable is named/),
  });
});
