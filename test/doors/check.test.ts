import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../conventions/sources.ts';
import { findSecrets } from '../harness/leaks.ts';
import { type Job, startJob } from '../harness/runner.ts';
import type { JobOptions } from '../harness/runner-machine.ts';
import { built } from './built.ts';
import { type Laptop, openLaptop } from './laptop.ts';
import { openWorld, type World } from './world.ts';

const action = join(root, 'check/action.yml');
let world: World;
let job: Job;
beforeEach(async () => {
  built('check/index.js');
  world = await openWorld();
  job = await start();
});
afterEach(async () => {
  await job.close();
  await world[Symbol.asyncDispose]();
});

function start(options: JobOptions = {}): Promise<Job> {
  const { forge } = world;
  return startJob({
    token: 'canary-workflow-token',
    serverUrl: forge.url,
    apiUrl: forge.apiUrl,
    repository: 'acme/pipeline',
    ...options,
  });
}

/** The variables as the input `env` has them, one on each line. */
const lines = (secrets: Readonly<Record<string, string>>) =>
  Object.entries(secrets)
    .map(([name, value]) => `${name}=${value.replaceAll('\n', '\\n')}`)
    .join('\n');
const checking = (inputs: Record<string, string> = {}) =>
  job.uses(action, { manifest: world.manifest, env: lines(world.secrets), ...inputs });

describe('the check action', () => {
  test('tells in the log, the summary and a file that everything works', async () => {
    const step = await checking();
    expect(step).toMatchObject({ code: 0, leaks: [], annotations: [], outputs: { status: 'ok' } });
    expect(step.stdout).toContain('3 credentials: 3 ok. 4 targets: 4 ok. Everything works.');
    expect(step.summary).toContain('### Pipeline credentials: everything works');
    const report = JSON.parse(readFileSync(step.outputs.report ?? '', 'utf8'));
    expect(report).toMatchObject({ version: 1, status: 'ok' });
    expect(report.credentials.map(({ name, status }: Record<string, string>) => [name, status])).toEqual([
      ['acme-app', 'ok'],
      ['globex', 'ok'],
      ['team', 'ok'],
    ]);
    expect(statSync(step.outputs.report ?? '').mode & 0o777).toBe(0o600);
    expect(world.alive()).toBe(0);
  });

  test('fails for what does not work, with one annotation for each problem', async () => {
    const step = await checking({ env: lines({ ...world.secrets, GLOBEX_TOKEN: 'canary-dead-token' }) });
    expect(step).toMatchObject({ code: 1, leaks: [], outputs: { status: 'failing' } });
    expect(step.annotations.map(({ level, properties }) => [level, properties.title])).toEqual([
      ['error', 'globex: invalid'],
      ['error', `${world.forge.url}/globex/reference: denied`],
      ['error', `${world.forge.url}/globex/deep: denied`],
    ]);
    expect(step.summary).toContain('1 credential and 2 targets do not work');
  });

  test.each([
    ['never', 'canary-dead-token', 0],
    ['expiring', 'canary-dead-token', 1],
    ['failing', 'canary-dead-token', 1],
  ])('with fail-on %s ends with %s by %i', async (failOn, token, code) => {
    const env = lines({ ...world.secrets, GLOBEX_TOKEN: token });
    expect(await checking({ 'fail-on': failOn, env })).toMatchObject({ code });
  });

  test('points at the line of a manifest that is a file', async () => {
    const dead = world.manifest.replace('GLOBEX_TOKEN', 'DEAD_TOKEN');
    writeFileSync(join(job.workspace, 'credentials.yml'), dead);
    const host = new URL(world.forge.url).host;
    const allow = [`ACME_APP_KEY=${host}`, `DEAD_TOKEN=${host}`, `TEAM_PASSWORD=${world.registry.host}`];
    const step = await checking({
      manifest: '',
      'manifest-file': 'credentials.yml',
      'allow-env': allow.join('\n'),
    });
    const line = dead.split('\n').findIndex((text) => text.includes('name: globex')) + 1;
    expect(step.annotations[0]).toMatchObject({
      properties: { title: 'globex: invalid', file: 'credentials.yml', line: String(line) },
    });
  });

  test.each([
    ['warn-within', '14', 'The input warn-within is not a span of time.'],
    ['fail-on', 'maybe', 'The input fail-on has an unknown value.'],
    ['issue-key', 'a-->b', '`issue-key` is not a plain name.'],
    ['env', 'canary-no-variable', 'Line 1 of the input env is not NAME=VALUE.'],
  ])('says what is wrong with %s, never its value', async (name, value, says) => {
    const step = await checking({ 'report-issue': 'true', [name]: value });
    expect(step).toMatchObject({ code: 1 });
    expect(step.annotations.map(({ message }) => message).join()).toContain(says);
    expect(step.stdout).not.toContain(value === '14' ? '`14`' : value);
  });

  test('keeps one issue: opened, edited, closed', async () => {
    const issues = () => world.forge.state.issues.map(({ state, title }) => [state, title]);
    const dead = lines({ ...world.secrets, GLOBEX_TOKEN: 'canary-dead-token' });
    await checking({ 'report-issue': 'true', env: dead });
    expect(issues()).toEqual([['open', 'Pipeline credentials: 1 credential and 2 targets do not work']]);
    const again = await checking({ 'report-issue': 'true', env: dead.replace('TEAM_PASSWORD=', 'OTHER=') });
    expect(again.stdout).toContain('The issue of this check: edited.');
    const well = await checking({ 'report-issue': 'true' });
    expect(well.stdout).toContain('The issue of this check: closed.');
    expect(issues()).toEqual([['closed', 'Pipeline credentials: everything works']]);
    expect(JSON.stringify(world.forge.state.issues.map(({ body }) => body))).not.toContain('canary');
  });

  test('an issue that cannot be kept is a warning, and the result stands', async () => {
    const step = await checking({ 'report-issue': 'true', 'github-token': 'canary-wrong-token' });
    expect(step).toMatchObject({ code: 0, leaks: [] });
    expect(step.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('GitHub answered 401') },
    ]);
  });

  test('without a manifest it is a notice where that is said to be fine', async () => {
    expect(await checking({ manifest: '' })).toMatchObject({ code: 1 });
    const fork = await checking({ manifest: '', required: 'false' });
    expect(fork).toMatchObject({ code: 0, annotations: [{ level: 'notice' }] });
  });

  test('rule 28: in a public repository only counts are shown, unless details are asked for', async () => {
    await job.close();
    job = await start({ payload: { repository: { private: false } } });
    const shown = async (details: string) => {
      const step = await checking({
        details,
        'report-issue': 'true',
        env: lines({ ...world.secrets, GLOBEX_TOKEN: 'canary-dead-token' }),
      });
      const issue = world.forge.state.issues[0];
      return [step.stdout, step.summary, JSON.stringify(step.annotations), issue?.title, issue?.body].join(
        '\n',
      );
    };
    const told = await shown('false');
    expect(told).not.toMatch(/globex\/(?:reference|deep)|acme\/rnaseq|team\/tools/);
    expect(told).toContain('4 targets not named here: 2 denied, 2 ok.');
    expect(await shown('true')).toContain('globex/reference');
  });
});

describe('the verb check', () => {
  let laptop: Laptop;
  afterEach(() => laptop[Symbol.dispose]());
  const open = (secrets: Readonly<Record<string, string>> = {}) => {
    laptop = openLaptop({ env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest, ...secrets } });
  };

  test('prints a table on standard output, and ends with 0', async () => {
    open();
    const { code, stdout, stderr } = await laptop.cli(['check']);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^Asking about 3 credentials and .*\.\n$/)]);
    expect(stdout).toMatch(/^✓ ok {2}acme-app {2}it works; it does not end \(acme-pipelines\)$/m);
    expect(laptop.left()).toEqual([]);
  });

  test('prints JSON as the contract has it', async () => {
    open();
    const { code, stdout } = await laptop.cli(['check', '--json', '--quiet']);
    const said = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(Object.keys(said)).toEqual(['version', 'checked-at', 'status', 'credentials', 'targets']);
    expect(said.credentials[1]).toEqual({
      name: 'globex',
      provider: 'github',
      kind: 'token',
      status: 'ok',
      'expires-at': '3000-01-01T00:00:00Z',
      'expiry-source': 'manifest',
      'days-left': expect.any(Number),
      scopes: null,
      missing: [],
      identity: 'octocat',
      'used-by': [`${world.forge.url}/globex/reference`, `${world.forge.url}/globex/deep`],
      message: expect.stringMatching(/^it works; it ends in \d+ days \(3000-01-01 00:00 UTC\)$/),
      hint: '',
      contact: null,
    });
    expect(said.targets[0]).toEqual({
      target: `${world.forge.url}/acme/rnaseq`,
      kind: 'repository',
      credential: 'acme-app',
      access: 'read',
      status: 'ok',
      revision: { name: 'main', sha: world.forge.state.repositories.get('acme/rnaseq')?.head },
      message: 'it can be read',
      hint: '',
    });
  });

  test.each([
    [[], 1],
    [['--fail-on', 'never'], 0],
    [['--fail-on', 'maybe'], 2],
    [['--warn-within', 'soon'], 2],
  ])('ends with the code of what it found: %j', async (flags, code) => {
    open({ GLOBEX_TOKEN: 'canary-dead-token' });
    expect(await laptop.cli(['check', ...flags])).toMatchObject({ code });
  });

  test('a secret that is nowhere in any report', async () => {
    open({ TEAM_PASSWORD: 'canary-wrong-password' });
    const kinds = { junit: 'r.xml', html: 'r.html', ics: 'r.ics', markdown: 'r.md' };
    const flags = Object.entries(kinds).flatMap(([flag, file]) => [`--${flag}`, join('reports', file)]);
    const { code, stdout, stderr } = await laptop.cli(['check', '--revisions', ...flags]);
    expect(code).toBe(1);
    const folder = join(laptop.work, 'reports');
    expect(readdirSync(folder).sort()).toEqual(Object.values(kinds).sort());
    const secrets = [...world.canaries(), 'canary-wrong-password'];
    expect(await findSecrets(folder, secrets)).toEqual([]);
    expect(await findSecrets({ stdout, stderr }, secrets)).toEqual([]);
    expect(stdout).toContain(`${world.forge.url}/globex/deep has main`);
  });

  test('a file that the checkout made a link is not written through', async () => {
    open();
    const precious = join(laptop.home, 'precious');
    writeFileSync(precious, 'precious');
    symlinkSync(precious, join(laptop.work, 'r.html'));
    const { code, stderr } = await laptop.cli(['check', '--html', 'r.html']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('The file of --html cannot be written (ELOOP)'),
    ]);
    expect(readFileSync(precious, 'utf8')).toBe('precious');
  });

  test.each(['/dev/null/r.html', '/proc/nowhere/r.html'])(
    'a file that cannot be written is told: %s',
    async (path) => {
      open();
      const { code, stderr } = await laptop.cli(['check', '--html', path]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('The file of --html cannot be written')]);
    },
  );
});
