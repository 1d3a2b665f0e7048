import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadManifest, type ManifestContext, type ManifestRequest } from '../../src/app/manifest.ts';
import { Failure } from '../../src/core/failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
const workspace = join(folder, 'repo');
const token = (name: string) =>
  `version: 1\ncredentials: [{ name: ${name}, provider: github, token: { env: TOKEN } }]\n`;
mkdirSync(workspace);
writeFileSync(join(workspace, 'own.yml'), token('own'));
writeFileSync(join(workspace, 'targets.yml'), 'version: 1\nrepositories: [https://github.com/acme/a]\n');
writeFileSync(join(folder, 'org.yml'), token('org'));
writeFileSync(join(folder, 'broken.yml'), 'version: 1\ncredentials: [{ name: canary }]\n');
afterAll(() => rmSync(folder, { recursive: true }));

const none: ManifestRequest = { text: null, files: [], allowEnv: '' };
const here: ManifestContext = {
  env: {},
  cwd: workspace,
  job: { workspace, foreignEvent: null, withheld: null },
  readInput: async () => token('piped'),
};

async function names(request: Partial<ManifestRequest>, context: Partial<ManifestContext> = {}) {
  const { credentials, targets } = await loadManifest({ ...none, ...request }, { ...here, ...context });
  return [...credentials.map(({ name }) => name), ...targets.map(({ given }) => given)];
}

/** The failure, with everything a person or a program sees of it as one text. */
async function failure(request: Partial<ManifestRequest>, context: Partial<ManifestContext> = {}) {
  const error: unknown = await names(request, context).catch((reason) => reason);
  if (!(error instanceof Failure)) throw new Error('no failure');
  const { code, message, hint, problems } = error;
  return { code, message, problems, seen: JSON.stringify({ message, hint, problems }) };
}

test.each([
  ['the input', { text: token('one') }, {}, ['one']],
  ['the input in base64', { text: Buffer.from(token('one')).toString('base64') }, {}, ['one']],
  ['a file', { files: [join(folder, 'org.yml')] }, {}, ['org']],
  ['a file relative to here', { files: ['../org.yml'] }, {}, ['org']],
  ['standard input', { files: ['-'] }, {}, ['piped']],
  ['the variable', {}, { env: { PIPELINE_CREDENTIALS: token('var') } }, ['var']],
  [
    'the variable in base64',
    {},
    { env: { PIPELINE_CREDENTIALS: Buffer.from(token('var')).toString('base64') } },
    ['var'],
  ],
  ['the variable as a path', {}, { env: { PIPELINE_CREDENTIALS: `${join(folder, 'org.yml')}\n` } }, ['org']],
  [
    'several, in order',
    { text: token('one'), files: ['../org.yml', 'targets.yml'] },
    {},
    ['one', 'org', 'https://github.com/acme/a'],
  ],
  [
    'what is given, before the variable',
    { text: token('one') },
    { env: { PIPELINE_CREDENTIALS: token('var') } },
    ['one'],
  ],
  [
    'files alone, when the secret is not there',
    { text: '', files: ['targets.yml'] },
    {},
    ['https://github.com/acme/a'],
  ],
])('%s', async (_, request, context, expected) => {
  expect(await names(request, context)).toEqual(expected);
});

test('a missing manifest says what may be wrong in this job', async () => {
  const job = { ...here.job, withheld: 'Forks get no secrets.' };
  expect(await failure({}, { job })).toMatchObject({
    code: 'manifest-missing',
    seen: expect.stringContaining('Forks'),
  });
  expect(await failure({ text: ' \n' })).toMatchObject({
    code: 'manifest-missing',
    seen: expect.stringContaining('PIPELINE_CREDENTIALS'),
  });
});

test('every problem of an invalid manifest is in the failure', async () => {
  const { code, message, problems } = await failure({ files: ['../broken.yml'] });
  expect({ code, message, codes: problems.map((problem) => problem.code) }).toEqual({
    code: 'manifest-invalid',
    message: 'The manifest has an error.',
    codes: ['key-missing'],
  });
});

test('an unreadable allow-env is a usage error', async () => {
  expect(await failure({ allowEnv: 'TOKEN' })).toMatchObject({ code: 'usage' });
});

describe('rule 1: a manifest in the workspace', () => {
  test('may name variables only as allowed', async () => {
    expect(await failure({ files: ['own.yml'] })).toMatchObject({
      code: 'manifest-invalid',
      problems: [{ code: 'workspace-env' }],
    });
    expect(await names({ files: ['own.yml'], allowEnv: 'TOKEN=github.com' })).toEqual(['own']);
  });

  test('is one also when the variable names it', async () => {
    const env = { PIPELINE_CREDENTIALS: join(workspace, 'own.yml') };
    expect(await failure({}, { env })).toMatchObject({ problems: [{ code: 'workspace-env' }] });
  });

  test('is trusted where no CI says what the workspace is', async () => {
    const job = { ...here.job, workspace: null };
    expect(await names({ files: ['own.yml'] }, { job })).toEqual(['own']);
  });

  test.each(['pull_request_target', 'workflow_run', 'issue_comment'])(
    'is refused on %s',
    async (foreignEvent) => {
      const job = { ...here.job, foreignEvent };
      expect(await failure({ files: ['targets.yml'] }, { job })).toMatchObject({ code: 'refused' });
      expect(await names({ files: ['../org.yml'] }, { job })).toEqual(['org']);
    },
  );
});

describe('rule 2: no message contains what the variable holds', () => {
  test.each([
    ['a broken manifest', 'version: 1\ncredentials: [ { token: canary-token-1 '],
    ['a path that does not exist', '/canary/manifest'],
    ['a folder', '/'],
    ['a secret', 'canary-token-1'],
    ['a manifest with a slash before it', `/canary${'\nx: canary'.repeat(600)}`],
    ['a very long line', `/canary${'canary'.repeat(800)}`],
  ])('%s', async (_, value) => {
    const { code, seen } = await failure({}, { env: { PIPELINE_CREDENTIALS: value } });
    expect(['manifest-missing', 'manifest-invalid']).toContain(code);
    expect(seen).not.toContain('canary');
  });

  test('nor what was given in place of a file', async () => {
    for (const path of ['canary-token-1', 'version: 1\ntoken: canary', 'Y2FuYXJ5LWNhbmFyeQ==']) {
      expect((await failure({ files: [path] })).seen).not.toMatch(/canary|Y2FuYXJ5/);
    }
    expect((await failure({ files: ['missing.yml'] })).seen).toContain('missing.yml');
  });
});
