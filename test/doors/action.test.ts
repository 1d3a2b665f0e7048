import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readImage } from '../../src/app/demo/read-image.ts';
import { createHttp } from '../../src/system/http.ts';
import { type Job, startJob } from '../harness/runner.ts';
import type { JobOptions } from '../harness/runner-machine.ts';
import { nodes } from '../nodes.ts';
import { action } from './built.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let job: Job;

beforeEach(async () => {
  world = await openWorld();
  job = await start();
});
afterEach(async () => {
  await job.close();
  await world[Symbol.asyncDispose]();
});

function start(options: JobOptions = {}): Promise<Job> {
  return startJob({
    token: 'canary-workflow-token',
    serverUrl: world.forge.url,
    repository: 'acme/pipeline',
    ...options,
    env: { ...world.secrets, GIT_SSH_COMMAND: 'echo used ssh >&2; false', ...options.env },
  });
}

const setup = (inputs: Record<string, string> = {}) =>
  job.uses(action, { manifest: world.manifest, ...inputs });

/** What lies in the runner's temp folder beside its own. */
function sessions(): readonly string[] {
  return readdirSync(job.temp).filter((name) => !name.startsWith('_'));
}

describe('one step with a manifest', () => {
  test('lets later steps clone what the credentials cover, in every spelling, and nothing else', async () => {
    expect(await setup()).toMatchObject({ code: 0, stderr: '', leaks: [] });
    const { url } = world.forge;
    const clone = (address: string) =>
      job.step(`git clone -q --recurse-submodules '${address}' here && cat here/README.md && rm -rf here`);
    for (const address of [
      `${url}/acme/rnaseq`,
      `${url}/acme/rnaseq.git`,
      `${url}/globex/deep/`,
      'git@127.0.0.1:acme/rnaseq.git',
      'ssh://git@127.0.0.1/acme/rnaseq',
      'git@127.0.0.1:globex/reference',
    ]) {
      expect([address, await clone(address)]).toMatchObject([address, { code: 0, stderr: '', leaks: [] }]);
    }
    const refused = await clone(`${url}/initech/payroll`);
    expect(refused.stderr).toContain('could not read Username');
    expect((await clone('git@127.0.0.1:initech/payroll.git')).stderr).toContain('used ssh');
    const toInitech = world.forge.traffic.requests.filter(({ path }) => path.startsWith('/initech'));
    expect(toInitech.map(({ authorization }) => authorization)).toEqual(['none']);
  });

  test("keeps the job's own repository with the job's own token", async () => {
    await setup();
    expect((await job.step(`git ls-remote ${world.forge.url}/acme/pipeline`)).code).toBe(0);
    const asked = world.forge.traffic.requests.filter(({ path }) => path.startsWith('/acme/pipeline'));
    const basic = Buffer.from('x-access-token:canary-workflow-token').toString('base64');
    expect(asked.at(-1)?.header).toBe(`Basic ${basic}`);
  });

  test('works in a checkout that keeps its own header, beside helpers that answer nonsense', async () => {
    const { url } = world.forge;
    const own = Buffer.from('x-access-token:canary-workflow-token').toString('base64');
    const wrong = '!f() { echo username=x; echo password=canary-wrong; }; f';
    await job.step(`git init -q . && git config http.${url}/.extraheader 'AUTHORIZATION: basic ${own}'`);
    for (const key of ['credential.helper', `credential.${url}.helper`])
      await job.step(`git config --global ${key} '${wrong}'`);
    await setup();
    for (const address of [
      `${url}/acme/pipeline`,
      `${url}/acme/rnaseq`,
      `${url}/globex/deep.git`,
      'git@127.0.0.1:globex/deep',
    ]) {
      const fetch = await job.step(`git fetch -q '${address}' main`);
      expect([address, fetch.stderr, fetch.code]).toEqual([address, '', 0]);
    }
    const nested = await job.step(`git clone -q --recurse-submodules ${url}/acme/rnaseq nested`);
    expect([nested.stderr, nested.code]).toEqual(['', 0]);
    expect((await job.step(`git fetch -q ${url}/initech/payroll`)).code).toBe(128);
    const strangers = world.forge.traffic.requests.filter(({ path }) => path.startsWith('/initech'));
    expect(strangers.map(({ header }) => header.toLowerCase())).toEqual([`basic ${own.toLowerCase()}`]);
  });

  test('signs docker in to the registry', async () => {
    const { outputs } = await setup();
    expect(job.exported.DOCKER_CONFIG).toBe(outputs['docker-config']);
    const http = createHttp({ env: {} });
    const digest = await readImage(`${world.registry.host}/team/tools:2.1`, job.exported, http.fetch);
    http.close();
    expect(digest).toMatch(/^sha256:/);
  });

  test('asks the forge for one lookup and one mint, and for reading the listed repository only', async () => {
    await setup();
    const api = world.forge.traffic.requests.filter(({ path }) => path.startsWith('/api/'));
    expect(api.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(api[1]?.body).toEqual({ permissions: { contents: 'read' }, repositories: ['rnaseq'] });
  });

  test('afterwards the machine is as it was', async () => {
    await setup();
    expect(sessions()).toHaveLength(1);
    expect(world.alive()).toBe(1);
    const [post] = await job.finish();
    expect(post).toMatchObject({ code: 0, stderr: '', leaks: [], annotations: [] });
    expect([sessions(), readdirSync(job.home), readdirSync(job.workspace)]).toEqual([[], [], []]);
    expect(world.alive()).toBe(0);
    expect((await job.step(`git ls-remote ${world.forge.url}/globex/deep`)).code).toBe(128);
  });

  test('variables that were there are what they were, the others as good as unset', async () => {
    const before = {
      DOCKER_CONFIG: join(job.folder, 'docker'),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'user.name',
      GIT_CONFIG_VALUE_0: 'Somebody',
      GIT_TERMINAL_PROMPT: '0',
    };
    await job.close();
    job = await start({ env: before });
    await setup();
    expect(job.exported.GIT_CONFIG_COUNT).toBe('2');
    expect((await job.step('git config user.name')).stdout).toBe('Somebody\n');
    await job.finish();
    expect(job.exported).toEqual({
      DOCKER_CONFIG: before.DOCKER_CONFIG,
      GIT_CONFIG_COUNT: '1',
      GIT_TERMINAL_PROMPT: '0',
      APPTAINER_AUTH_FILE: '',
      CARGO_NET_GIT_FETCH_WITH_CLI: 'false',
      GCM_INTERACTIVE: '',
      GIT_CONFIG_KEY_1: '',
      GIT_CONFIG_PARAMETERS: '',
      GIT_CONFIG_VALUE_1: '',
      NXF_SCM_FILE: '',
      PIPELINE_CREDENTIALS_SESSION: '',
      REGISTRY_AUTH_FILE: '',
    });
    expect((await job.step('git config user.name')).stdout).toBe('Somebody\n');
  });
});

test("a runner that has only the machine's own node, as Gitea's may, runs it too", async () => {
  await job.close();
  job = await start({ node: nodes.at(-1) ?? '' });
  expect(await setup()).toMatchObject({ code: 0, stderr: '', leaks: [], annotations: [] });
  expect((await job.step(`git ls-remote -q ${world.forge.url}/acme/rnaseq`)).code).toBe(0);
  expect(await job.finish()).toMatchObject([{ code: 0, stderr: '', annotations: [] }]);
  expect([sessions(), world.alive()]).toEqual([[], 0]);
});

describe('two setups in one job', () => {
  test('both serve later steps, and each post takes its own away', async () => {
    const { url } = world.forge;
    await setup({ repositories: `${url}/acme/rnaseq` });
    await setup({ repositories: `${url}/globex/deep` });
    const read = () =>
      Promise.all(
        ['acme/rnaseq', 'globex/deep'].map(
          async (name) => (await job.step(`git ls-remote ${url}/${name}`)).code,
        ),
      );
    expect(await read()).toEqual([0, 0]);
    expect(sessions()).toHaveLength(2);
    const posts = await job.finish();
    expect(posts.map(({ code, annotations }) => [code, annotations])).toEqual([
      [0, []],
      [0, []],
    ]);
    expect([sessions(), world.alive(), await read()]).toEqual([[], 0, [128, 128]]);
    expect(job.exported.DOCKER_CONFIG).toBe('');
  });
});

describe('outputs', () => {
  test('say what serves what, without secrets', async () => {
    const { outputs, leaks } = await setup();
    const { url } = world.forge;
    const [minted] = world.forge.state.minted.values();
    const ends = new Date(Math.floor((minted?.expiresAt ?? 0) / 1000) * 1000)
      .toISOString()
      .replace('.000Z', 'Z');
    expect(JSON.parse(outputs.selection ?? '')).toEqual([
      { target: `${url}/acme/rnaseq`, credential: 'acme-app', 'expires-at': ends },
      { target: `${url}/globex/reference`, credential: 'globex', 'expires-at': '3000-01-01T00:00:00Z' },
      { target: `${url}/globex/deep`, credential: 'globex', 'expires-at': '3000-01-01T00:00:00Z' },
      { target: `${world.registry.host}/team/tools`, credential: 'team', 'expires-at': null },
    ]);
    expect(outputs).toEqual({
      session: expect.stringContaining(join(job.temp, 'pipeline-credentials-')),
      'docker-config': `${outputs.session}/docker`,
      'scm-file': `${outputs.session}/secret/nextflow-scm`,
      'expires-at': ends,
      selection: outputs.selection,
    });
    expect(leaks).toEqual([]);
  });

  test('rule 29: there is a token only where `token-for` asks for one, and it is the session’s own', async () => {
    expect((await setup()).outputs).not.toHaveProperty('token');
    const asked = await setup({ 'token-for': `${world.forge.url}/acme/rnaseq` });
    const newest = [...world.forge.state.minted.values()].at(-1);
    expect(asked.outputs).toMatchObject({
      token: newest?.token,
      username: 'x-access-token',
      'app-slug': 'acme-pipelines',
      'installation-id': String(newest?.installation.id),
    });
    expect(asked.masks).toContain(newest?.token);
    expect(new Set(asked.leaks.map(({ place }) => place))).toEqual(new Set(['output token']));
  });

  test('`token-for` a registry is its password', async () => {
    const { outputs } = await setup({ 'token-for': `${world.registry.host}/team/tools:2.1` });
    expect(outputs).toMatchObject({
      token: world.secrets.TEAM_PASSWORD,
      username: 'bot',
      'app-slug': '',
      'installation-id': '',
    });
  });
});

describe('the job summary', () => {
  test('names targets where only members read it', async () => {
    const { summary } = await setup();
    expect(summary).toContain('| Credential | Serves | Until |');
    expect(summary).toMatch(/^\| acme&#45;app \| http\S+\/acme\/rnaseq \| 20\d\d/m);
    expect(summary).toMatch(/^\| globex \| http\S+\/globex\/reference<br>http\S+\/globex\/deep \| 3000/m);
  });

  test('rule 28: counts them where everybody does', async () => {
    await job.close();
    job = await start({ payload: { repository: { private: false } } });
    const { summary, shown } = await setup();
    expect(summary).toContain('| globex | 2 targets | 3000&#45;01&#45;01 00&#58;00 UTC |');
    for (const text of [summary, shown.join('\n')]) expect(text).not.toMatch(/rnaseq|deep|tools/);
  });
});

describe('masks', () => {
  test('every secret and its derived forms are masked before anything else is said, also when setup fails', async () => {
    world.forge.traffic.fail('/access_tokens', { status: 401, body: { message: 'Bad credentials' } });
    const { code, stdout, masks, annotations } = await setup();
    expect([code, annotations.map(({ level }) => level)]).toEqual([1, ['error']]);
    const { ACME_APP_KEY: key = '', GLOBEX_TOKEN: token = '', TEAM_PASSWORD: password = '' } = world.secrets;
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    for (const form of [
      ...key.trim().split('\n'),
      token,
      encodeURIComponent(token),
      JSON.stringify(token).slice(1, -1),
      base64(token),
      base64(`x-access-token:${token}`),
      password,
      base64(`bot:${password}`),
      base64('x-access-token:canary-workflow-token'),
    ]) {
      expect(masks).toContain(form);
    }
    expect(stdout.lastIndexOf('::add-mask::')).toBeLessThan(stdout.search(/^(?!::add-mask::)./m));
  });
});
