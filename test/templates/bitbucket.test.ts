import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { filesBelow, read } from '../conventions/sources.ts';
import { readBitbucketFile, runStep, stepsOf } from './bitbucket-runner.ts';
import type { BitbucketStep } from './bitbucket-schema.ts';
import { templateText } from './gitlab-template.ts';
import { type JobMachine, startMachine } from './job-machine.ts';
import { type NpmServer, startNpmServer } from './npm-server.ts';
import { makeRelease } from './release.ts';

const release = makeRelease();
const copied = 'templates/bitbucket/copy-paste.bitbucket-pipelines.yml';
const [sample] = stepsOf(readBitbucketFile(templateText(copied, release)).pipelines?.default);
const [needs = '', setup = ''] = sample?.script ?? [];
const step = (...script: string[]): BitbucketStep => ({ ...sample, script: [needs, setup, ...script] });

let npm: NpmServer;
beforeAll(async () => {
  npm = await startNpmServer(release);
});
afterAll(() => npm.close());

let machine: JobMachine;
beforeEach(() => {
  machine = startMachine({ ci: 'bitbucket' });
});
afterEach(() => machine[Symbol.dispose]());
const run = (one: BitbucketStep, env = {}) => runStep(machine, one, { NPM_CONFIG_REGISTRY: npm.url, ...env });

test.each(filesBelow('.').filter((path) => path.endsWith('pipelines.yml')))(
  '%s is a Bitbucket file',
  (path) => {
    expect(() => readBitbucketFile(read(path))).not.toThrow();
  },
);

test.each([
  'pipelines:\n  default:\n    - step: { script: [ls], scripts: [ls] }',
  'pipelines:\n  default:\n    - step: { name: none }',
  'steps: []',
])('the schema is strict: %j', (text) => {
  expect(() => readBitbucketFile(text)).toThrow();
});

test('a step is signed in by its script, and out by its after-script', async () => {
  const { script, after } = await run(step('echo "signed in: $SIGNED_IN"'), {
    BITBUCKET_DEPLOYMENT_ENVIRONMENT: 'production',
  });
  expect(script).toMatchObject({ code: 0, stdout: 'signed in: yes\n' });
  expect(script.stderr).toContain('"--repositories","https://github.com/acme/rnaseq"');
  expect(script.stderr).toContain('"--environment","production"');
  expect(after).toMatchObject({ code: 0, stderr: '["cleanup"]\n' });
  expect(machine.leftovers()).toEqual([]);
});

test('a step that fails is signed out too, and fails', async () => {
  const { script, after } = await run(step('exit 3'));
  expect(script.code).toBe(3);
  expect(after).toMatchObject({ code: 0, stderr: '["cleanup"]\n' });
  expect(machine.leftovers()).toEqual([]);
});
