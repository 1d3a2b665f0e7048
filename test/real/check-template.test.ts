import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../../src/demo/server.ts';
import { root } from '../conventions/sources.ts';
import { findSecrets } from '../harness/leaks.ts';
import { readBitbucketFile, runStep, stepsOf } from '../templates/bitbucket-runner.ts';
import { startWorld, type World } from '../templates/consumer.ts';
import { makeProject } from '../templates/gitlab-local.ts';
import { startGitlabServer } from '../templates/gitlab-server.ts';
import { templateText } from '../templates/gitlab-template.ts';
import { startMachine } from '../templates/job-machine.ts';
import { startNpmServer } from '../templates/npm-server.ts';
import { builtRelease } from '../templates/release.ts';

const release = builtRelease(join(root, 'dist'));
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test.each([
  ['all is well', {}, 0, 'ok'],
  ['a token was revoked', { ACME_TOKEN: 'canary-revoked-token-04f1' }, 1, 'failing'],
])('the GitLab job when %s', async (_what, changed, code, status) => {
  await using server = await startGitlabServer({ release });
  using project = makeProject({
    'check.yml': templateText('templates/check/template.yml', release),
    '.gitlab-ci.yml': 'include: [{ local: check.yml }]\n',
  });
  const secrets = { ...world.secrets, ...changed };
  const run = await project.run('pipeline-credentials-check', {
    variables: { ...server.variables, ...secrets, CI_PIPELINE_SOURCE: 'schedule' },
    files: { PIPELINE_CREDENTIALS: world.manifest },
  });
  expect(run.code, run.log).toBe(code);
  const artifacts = join(project.folder, '.gitlab-ci-local/artifacts/pipeline-credentials-check');
  const report = (ending: string) =>
    readFileSync(join(artifacts, `pipeline-credentials-report/pipeline-credentials.${ending}`), 'utf8');
  expect(JSON.parse(report('json'))).toMatchObject({ status });
  expect(report('xml')).toContain('<testsuites');
  expect(report('html')).toMatch(/^<!doctype html>/i);
  expect(await findSecrets({ log: run.log }, Object.values(secrets))).toEqual([]);
  expect(await findSecrets(artifacts, Object.values(secrets))).toEqual([]);
  expect(project.leftovers()).toEqual([]);
});

test('the Bitbucket step, with a report beside the commit', async () => {
  const seen: unknown[] = [];
  const proxy = await listen({ names: ['api.bitbucket.org'] }, async (request, response) => {
    seen.push([request.method, request.url, request.method === 'DELETE' ? null : await json(request)]);
    response.writeHead(request.method === 'DELETE' ? 404 : 200).end();
  });
  using machine = startMachine({ ci: 'bitbucket' });
  await using npm = await startNpmServer(release);
  const text = templateText('templates/bitbucket/pipelines.yml', release);
  const file = readBitbucketFile(text.replace('http://localhost:29418', proxy.url));
  const [step] = stepsOf(file.definitions?.pipelines?.['check-credentials']);
  if (step === undefined) throw new Error('the exported pipeline has no step');
  const secrets = { ...world.secrets, LAB_TOKEN: 'canary-revoked-token-04f1' };
  const { script } = await runStep(machine, step, {
    ...secrets,
    PIPELINE_CREDENTIALS: Buffer.from(world.manifest).toString('base64'),
    NPM_CONFIG_REGISTRY: npm.url,
    BITBUCKET_COMMIT: '0a1b2c',
    BITBUCKET_REPO_IS_PRIVATE: 'true',
  });
  await proxy.close();
  expect(script.code, script.stderr).toBe(1);
  const url =
    'http://api.bitbucket.org/2.0/repositories/lab/variants/commit/0a1b2c/reports/pipeline-credentials';
  expect(seen).toEqual([
    ['DELETE', url, null],
    ['PUT', url, expect.objectContaining({ result: 'FAILED', report_type: 'SECURITY' })],
    ['POST', `${url}/annotations`, expect.arrayContaining([expect.objectContaining({ severity: 'HIGH' })])],
  ]);
  expect(existsSync(join(machine.folder, 'checkout/test-results/pipeline-credentials.xml'))).toBe(true);
  expect(
    await findSecrets({ ...script, code: '', seen: JSON.stringify(seen) }, Object.values(secrets)),
  ).toEqual([]);
  expect(machine.leftovers()).toEqual([]);
});
