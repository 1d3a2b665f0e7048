import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read, root } from '../conventions/sources.ts';
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

/** The YAML samples of a guide, those inside lists too. */
function samples(path: string): string[] {
  const blocks = read(path).matchAll(/^( *)```yaml\n([\s\S]*?)^\1```$/gm);
  return [...blocks].map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** A sample with the forge in place of the public host, and the component from this project instead of a server. */
function grounded(text: string): string {
  return text
    .replaceAll('https://github.com', world.forge.url)
    .replace(/^ {2}- component: .*setup@v1$/m, '  - local: setup.yml')
    .replace(/^ {2}- project: .*\n {4}ref: .*\n {4}file: .*$/m, '  - local: setup.yml');
}

const gitlab = samples('docs/gitlab.md');

test('the first sample of the GitLab guide clones a private repository', async () => {
  await using server = await startGitlabServer({ release });
  using project = makeProject({
    'setup.yml': templateText('templates/setup/template.yml', release),
    '.gitlab-ci.yml': grounded(gitlab[0] ?? ''),
  });
  const run = await project.run('build', {
    variables: { ...server.variables, ...world.secrets },
    files: { PIPELINE_CREDENTIALS: world.manifest },
  });
  expect(run.log).toContain("Cloning into 'rnaseq'");
  expect(run.code).toBe(0);
  expect(project.leftovers()).toEqual([]);
});

test.each(gitlab.map((text, index) => [index + 1, text]))(
  "sample %i of the GitLab guide holds against GitLab's schema",
  async (_number, text) => {
    const sample = grounded(String(text));
    const parts = [
      /^include:/m.test(sample) ? '' : 'include: [{ local: setup.yml }]\n',
      sample,
      /^ {2}script:/m.test(sample) ? '' : "other: { script: ['true'] }\n",
    ];
    using project = makeProject({
      'setup.yml': templateText('templates/setup/template.yml', release),
      '.gitlab-ci.yml': parts.join(''),
    });
    const { code, log } = await project.preview();
    expect(code, log).toBe(0);
  },
);

test('the sample of the Bitbucket guide clones a private repository', async () => {
  using machine = startMachine({ ci: 'bitbucket' });
  await using npm = await startNpmServer(release);
  const [definitions] = templateText('templates/bitbucket/copy-paste.bitbucket-pipelines.yml', release).split(
    /^pipelines:$/m,
  );
  const file = readBitbucketFile(`${definitions}${grounded(samples('docs/bitbucket.md')[0] ?? '')}`);
  const [step] = stepsOf(file.pipelines?.default);
  if (step === undefined) throw new Error('the sample has no step');
  const env = {
    ...world.secrets,
    PIPELINE_CREDENTIALS: Buffer.from(world.manifest).toString('base64'),
    NPM_CONFIG_REGISTRY: npm.url,
  };
  const { script, after } = await runStep(machine, step, env);
  expect(script.stderr).toContain("Cloning into 'rnaseq'");
  expect([script.code, after.code]).toEqual([0, 0]);
  expect(machine.leftovers()).toEqual([]);
});
