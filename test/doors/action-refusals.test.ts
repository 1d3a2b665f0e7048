import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Job, startJob } from '../harness/runner.ts';
import type { JobOptions } from '../harness/runner-machine.ts';
import { action } from './built.ts';

let job: Job;
afterEach(() => job.close());

const manifest = `
credentials:
  - { name: acme, provider: github, url: 'https://github.com/acme', token: { env: ACME_TOKEN } }
repositories: ['https://github.com/acme/rnaseq']
version: 1
`;
const secrets = { ACME_TOKEN: 'canary-acme-token' };

async function fails(inputs: Record<string, string>, options: JobOptions = {}) {
  job = await startJob({ ...options, env: { ...secrets, ...options.env } });
  return await job.uses(action, inputs);
}

/** The step left nothing that anybody could notice. */
function expectNothing(step: Awaited<ReturnType<typeof fails>>): void {
  expect(step).toMatchObject({ stderr: '', leaks: [], outputs: {}, env: {}, path: [], summary: '' });
  expect(readdirSync(job.temp).filter((name) => !name.startsWith('_'))).toEqual([]);
  expect([readdirSync(job.home), readdirSync(job.workspace)]).toEqual([[], []]);
}

describe('bad input fails the step with place and hint, and nothing is written', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['a switch that is none', { manifest, required: 'maybe' }, /^Input required is neither true nor false/],
    [
      'an unknown way',
      { manifest, docker: 'public' },
      /^The input docker .*\nhint: It takes private, home, none\.$/,
    ],
    ['git in a place unknown', { manifest, git: 'global' }, /^The input git /],
    ['a credential that is not there', { manifest, credentials: 'nobody' }, /hint: The manifest has acme\.$/],
    ['a target that is no address', { manifest, repositories: 'https://*.example.com/a' }, /hint: /],
    [
      'writing where the list says reading',
      { manifest, repositories: 'https://github.com/acme/rnaseq write' },
      /an input asks to write/,
    ],
    [
      'a token for no target',
      { manifest, 'token-for': 'https://github.com/acme/other' },
      /^`token-for` is not one of the targets/,
    ],
    [
      'a missing file',
      { 'manifest-file': '/nowhere/manifest.yml' },
      /^The manifest file \/nowhere\/manifest\.yml does not exist/,
    ],
    ['an allowance that is none', { manifest, 'allow-env': 'ACME_TOKEN' }, /hint: /],
    ['no manifest', {}, /^There is no manifest/],
    ['what is no YAML', { manifest: 'version: 1\ncredentials: [' }, /^The manifest has an error/],
    ['the wrong type', { manifest: '- version: 1\n' }, /^The manifest has an error/],
  ])('%s', async (_what, inputs, message) => {
    const step = await fails(inputs);
    expect(step.code).toBe(1);
    expect(step.annotations.at(-1)).toMatchObject({
      level: 'error',
      message: expect.stringMatching(message),
    });
    expect(step.annotations.at(-1)?.message).toContain('\nhint: ');
    expectNothing(step);
    expect((await job.finish())[0]).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  test('every problem of a manifest is told with its place, and how to mend it', async () => {
    const step = await fails({
      manifest: manifest.replace('token:', 'tokn:').replace('version: 1', 'version: 2'),
    });
    expect(step.code).toBe(1);
    const told = step.annotations.map(({ message, properties }) => [properties.title, message]);
    expect(told).toEqual([
      ['3:69 credentials[0]', 'There is no key `tokn`.\nhint: Write `token`.'],
      ['5:10 version', expect.stringMatching(/^This program reads version 1 of the manifest\.\nhint: /)],
      [undefined, expect.stringMatching(/^The manifest has 2 errors\.\nhint: /)],
    ]);
  });
});

test('rule 19: the post of a step that failed believes no variable that another step set', async () => {
  job = await startJob({ env: secrets });
  const { state } = await job.uses(action, { manifest });
  await job.step(`echo 'STATE_session=${state.session}' >>"$GITHUB_ENV"`);
  expect(job.exported.STATE_session).toBe(state.session);
  expect((await job.uses(action, {})).code).toBe(1);
  const [failed, first] = await job.finish();
  expect(failed).toMatchObject({ code: 0, stdout: '' });
  expect(first?.stdout).toContain('Signed out');
});

test('a manifest that is indented as a whole is read as it is', async () => {
  const step = await fails({ manifest: manifest.trim().replace(/^/gm, '    ') });
  expect(step).toMatchObject({ code: 0, annotations: [] });
});

test('empty inputs, as expressions give them, are as good as none', async () => {
  const names = [
    'required',
    'git',
    'docker',
    'revoke',
    'install-cli',
    'environment',
    'token-for',
    'github-token',
  ];
  const step = await fails({ manifest, ...Object.fromEntries(names.map((name) => [name, ''])) });
  expect(step).toMatchObject({ code: 0, annotations: [] });
  expect((await job.finish())[0]).toMatchObject({ code: 0, annotations: [] });
});

describe('a missing manifest', () => {
  test('is one clear notice where `required` is false, as on forks', async () => {
    const step = await fails({ required: 'false' }, { event: 'pull_request' });
    expect(step.code).toBe(0);
    expect(step.annotations).toEqual([
      {
        level: 'notice',
        message: 'There is no manifest. Nothing is signed in, since `required` is false.',
        properties: {},
      },
    ]);
    expectNothing(step);
    expect((await job.finish())[0]).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  test('names the cause where the CI withheld it', async () => {
    const step = await fails({}, { event: 'pull_request' });
    expect(step.annotations.at(-1)?.message).toContain('Pull requests from forks get no secrets');
  });

  test('does not pardon a broken one', async () => {
    const step = await fails({ manifest: 'version: 1\ncredentials: [', required: 'false' });
    expect(step.code).toBe(1);
  });
});

describe('what a token needs is not there', () => {
  test('a target that needs the variable fails the step, and names it', async () => {
    const step = await fails({ manifest }, { env: { ACME_TOKEN: '' } });
    expect(step.code).toBe(1);
    expect(step.annotations.at(-1)?.message).toMatch(
      /acme: `token`: the variable ACME_TOKEN is not set, or empty/,
    );
    expectNothing(step);
  });

  test('without targets its credential is passed over with a warning', async () => {
    const targetless = manifest.replace(/^repositories.*$/m, '');
    const step = await fails({ manifest: targetless }, { env: { ACME_TOKEN: '' } });
    expect([step.code, step.annotations.map(({ level }) => level)]).toEqual([0, ['warning']]);
  });
});

describe('a manifest in the workspace', () => {
  async function withFile(inputs: Record<string, string>, event = 'push') {
    job = await startJob({ event, env: secrets });
    mkdirSync(join(job.workspace, '.github'));
    writeFileSync(join(job.workspace, '.github/credentials.yml'), manifest);
    return await job.uses(action, { 'manifest-file': '.github/credentials.yml', ...inputs });
  }

  test('rule 1: names no variable that the workflow does not allow for its host', async () => {
    const refused = await withFile({});
    expect(refused.code).toBe(1);
    expect(refused.annotations[0]?.message).toContain(
      'names the variable ACME_TOKEN, which the workflow does not allow',
    );
    await job.close();
    expect(await withFile({ 'allow-env': 'ACME_TOKEN=github.com' })).toMatchObject({
      code: 0,
      annotations: [],
    });
  });

  test.each(['pull_request_target', 'workflow_run', 'issue_comment'])(
    'rule 1: is refused on %s, whatever is allowed',
    async (event) => {
      const step = await withFile({ 'allow-env': 'ACME_TOKEN=github.com' }, event);
      expect(step.code).toBe(1);
      expect(step.annotations.at(-1)?.message).toContain(`is not read on ${event}`);
    },
  );
});

describe('surroundings that would hand out secrets', () => {
  test.each([
    ['rule 14', 'NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['rule 14', 'GIT_SSL_NO_VERIFY', '1'],
    ['rule 23', 'NODE_OPTIONS', '--heapsnapshot-signal=SIGHUP'],
    ['rule 23', 'NODE_OPTIONS', '--tls-keylog=/dev/null'],
  ])('%s: %s=%s is refused by name', async (_rule, name, value) => {
    const step = await fails({ manifest }, { env: { [name]: value } });
    expect(step.code).toBe(1);
    expect(step.annotations.at(-1)?.message).toContain(`${name} is not safe for a job with secrets`);
  });
});
