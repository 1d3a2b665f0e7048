import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../conventions/sources.ts';
import { findSecrets } from '../harness/leaks.ts';
import { startWorld, type World } from '../templates/consumer.ts';
import { type GitlabProject, type LocalRun, makeProject } from '../templates/gitlab-local.ts';
import { type GitlabServer, jobToken, startGitlabServer } from '../templates/gitlab-server.ts';
import { templateText } from '../templates/gitlab-template.ts';
import { builtRelease } from '../templates/release.ts';
import { shimFor } from '../templates/shim.ts';

const release = builtRelease(join(root, 'dist'));
let world: World;
let gitlab: GitlabServer;
beforeAll(async () => {
  world = await startWorld();
  gitlab = await startGitlabServer({ release });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await gitlab.close();
});

const indented = (text: string): string => text.replaceAll('\n', '\n      ');
const consumer = (inputs = '{}'): GitlabProject =>
  makeProject({
    'setup.yml': templateText('templates/setup/template.yml', release),
    '.gitlab-ci.yml': `
include: [{ local: setup.yml, inputs: ${inputs} }]
clone:
  extends: .pipeline-credentials
  artifacts: { paths: [seen.txt], when: always }
  script:
    - |
      ${indented(world.work)}
      env | cut -d= -f1 > seen.txt
      git config --list --show-origin >> seen.txt
fails:
  extends: .pipeline-credentials
  script:
    - |
      ${indented(world.work)}
      exit 3
prepared:
  before_script:
    - !reference [.pipeline-credentials, before_script]
    - |
      ${indented(world.work)}
  script: ['true']
  after_script:
    - !reference [.pipeline-credentials, after_script]
    - git ls-remote "${world.forge.url}/acme/rnaseq"
`,
  });

async function leaks(project: GitlabProject, { log }: LocalRun) {
  const secrets = [...Object.values(world.secrets), jobToken];
  const state = join(project.folder, '.gitlab-ci-local');
  return [
    ...(await findSecrets({ log }, secrets)),
    ...(await findSecrets(state, secrets)),
    ...(await findSecrets(project.home, secrets)),
    ...(await findSecrets(project.temporary, secrets)),
  ];
}

test.each([
  ['clone', 'bash', 0],
  ['fails', 'bash', 1],
  ['prepared', 'bash', 0],
  ['fails', 'dash', 1],
  ['fails', 'busybox sh', 1],
] as const)(
  'the job %s, in %s, clones private repositories and a submodule, reads an image, and leaves nothing',
  async (job, shell, code) => {
    using project = consumer();
    const run = await project.run(job, {
      variables: { ...gitlab.variables, ...world.secrets },
      files: { PIPELINE_CREDENTIALS: world.manifest },
      bin: shimFor(project.home, shell),
    });
    expect(run.log).toContain('cloned pipeline rnaseq variants, in it README.md');
    expect(run.log).toContain(`image ${world.registry.host}/team/app`);
    if (job === 'prepared') expect(run.log).toContain('could not read Username');
    expect(run.code).toBe(code);
    expect(project.leftovers()).toEqual([]);
    expect(await leaks(project, run)).toEqual([]);
  },
);

test('a manifest in base64, and only what the inputs name', async () => {
  using project = consumer(`{ repositories: ["${world.forge.url}/acme/rnaseq"], docker: none }`);
  const run = await project.run('fails', {
    variables: {
      ...gitlab.variables,
      ...world.secrets,
      PIPELINE_CREDENTIALS: Buffer.from(world.manifest).toString('base64'),
    },
  });
  expect(run.log).not.toContain('cloned');
  expect(run.code).toBe(1);
  expect(project.leftovers()).toEqual([]);
  expect(await leaks(project, run)).toEqual([]);
});

test.each([
  ['no variable', {}, 'There is no manifest.', 'not protected'],
  ['an empty one', { PIPELINE_CREDENTIALS: '' }, 'There is no manifest.', 'not protected'],
  ['one cut at a space', { PIPELINE_CREDENTIALS: 'version:' }, 'cut at a space', 'base64'],
])('%s is told with its fix', async (_what, variables, message, hint) => {
  using project = consumer();
  const run = await project.run('clone', { variables: { ...gitlab.variables, ...variables } });
  expect(run.code).toBe(1);
  expect(run.log).toContain(message);
  expect(run.log).toMatch(new RegExp(`hint: .*${hint}`));
  expect(project.leftovers()).toEqual([]);
});

test('a manifest that is not required is a notice', async () => {
  using project = consumer('{ required: false }');
  const run = await project.run('clone', { variables: gitlab.variables });
  expect(run.log).toContain('There is no manifest.');
  expect(run.log).toContain('could not read Username');
});

test('the artifacts hold paths at most', async () => {
  using project = consumer();
  await project.run('clone', {
    variables: { ...gitlab.variables, ...world.secrets },
    files: { PIPELINE_CREDENTIALS: world.manifest },
  });
  const artifacts = join(project.folder, '.gitlab-ci-local/artifacts');
  expect(existsSync(artifacts) ? readdirSync(artifacts) : []).toEqual(['clone']);
});
