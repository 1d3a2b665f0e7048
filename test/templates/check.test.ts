import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readBitbucketFile, runStep, stepsOf } from './bitbucket-runner.ts';
import { type GitlabServer, startGitlabServer } from './gitlab-server.ts';
import { type Inputs, renderTemplate, templateText } from './gitlab-template.ts';
import { type JobMachine, startMachine } from './job-machine.ts';
import { startNpmServer } from './npm-server.ts';
import { makeRelease } from './release.ts';

const release = makeRelease(`import { mkdirSync, writeFileSync } from 'node:fs';
const words = process.argv.slice(2);
process.stdout.write(JSON.stringify(words) + '\\n');
const file = words[words.indexOf('--junit') + 1];
mkdirSync(file.replace(/[^/]+$/, ''));
writeFileSync(file, '<testsuites/>');
process.exitCode = words.includes('never') ? 0 : 1;
`);
const script = (inputs: Inputs = {}): readonly string[] =>
  renderTemplate(templateText('templates/check/template.yml', release), inputs)['pipeline-credentials-check']
    ?.script ?? [];

let gitlab: GitlabServer;
beforeAll(async () => {
  gitlab = await startGitlabServer({ release });
});
afterAll(() => gitlab.close());

let machine: JobMachine;
afterEach(() => machine[Symbol.dispose]());
const report = (path: string): boolean => existsSync(join(machine.folder, 'checkout', path));

test('the GitLab job checks, keeps the reports, and removes what it brought in', async () => {
  machine = startMachine();
  const inputs = {
    'fail-on': 'never',
    'warn-within': '4w',
    details: true,
    repositories: ['https://github.com/acme/a'],
  };
  const { code, stdout } = await machine.run(script(inputs), gitlab.variables);
  const words: string[] = JSON.parse(stdout);
  const value = (flag: string) => words[words.indexOf(flag) + 1];
  expect([words[0], value('--warn-within'), value('--fail-on')]).toEqual(['check', '4w', 'never']);
  expect(value('--repositories')).toBe('["https://github.com/acme/a"]');
  expect(words).toContain('--details');
  expect(value('--code-insights')).toBe('');
  expect(code).toBe(0);
  expect(report('pipeline-credentials-report/pipeline-credentials.xml')).toBe(true);
  expect(machine.leftovers()).toEqual([]);
});

test('what the check says is how the job ends', async () => {
  machine = startMachine();
  expect(await machine.run([...script(), 'echo "not reached"'], gitlab.variables)).toMatchObject({
    code: 1,
    stdout: expect.not.stringContaining('not reached'),
  });
  expect(machine.leftovers()).toEqual([]);
});

test("the project's own file exports the same pipeline", () => {
  const exported = (path: string) => readBitbucketFile(templateText(path, release)).definitions?.pipelines;
  expect(exported('bitbucket-pipelines.yml')).toEqual(exported('templates/bitbucket/pipelines.yml'));
});

test('the Bitbucket step checks, with results for the tab of tests and for the commit', async () => {
  machine = startMachine({ ci: 'bitbucket' });
  await using npm = await startNpmServer(release);
  const file = readBitbucketFile(templateText('templates/bitbucket/pipelines.yml', release));
  expect(file.export).toBe(true);
  const [step] = stepsOf(file.definitions?.pipelines?.['check-credentials']);
  if (step === undefined) throw new Error('the exported pipeline has no step');
  const env = {
    NPM_CONFIG_REGISTRY: npm.url,
    BITBUCKET_COMMIT: '0a1b2c',
    PIPELINE_CREDENTIALS_FAIL_ON: 'never',
  };
  const { script: said } = await runStep(machine, step, env);
  expect(JSON.parse(said.stdout)).toContain('http://localhost:29418');
  expect(said.code).toBe(0);
  expect(report('test-results/pipeline-credentials.xml')).toBe(true);
  expect(machine.leftovers()).toEqual([]);
});
