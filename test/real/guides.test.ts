import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { read, root } from '../conventions/sources.ts';
import { findSecrets } from '../harness/leaks.ts';
import { readBitbucketFile, runStep, stepsOf } from '../templates/bitbucket-runner.ts';
import { startWorld, type World } from '../templates/consumer.ts';
import { makeProject } from '../templates/gitlab-local.ts';
import { startGitlabServer } from '../templates/gitlab-server.ts';
import { templateText } from '../templates/gitlab-template.ts';
import { type Said, startMachine } from '../templates/job-machine.ts';
import { startNpmServer } from '../templates/npm-server.ts';
import { builtRelease } from '../templates/release.ts';

const release = builtRelease(join(root, 'dist'));
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** The samples of a guide, those inside lists too. */
function samples(path: string, language = 'yaml'): string[] {
  const blocks = read(path).matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\`$`, 'gm'));
  return [...blocks].map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** A sample with the forge in place of the public host, and the component from this project instead of a server. */
function grounded(text: string): string {
  return text
    .replaceAll('https://github.com', world.forge.url)
    .replace(/^ {2}- component: .*\/(setup|check)@v1$/m, '  - local: $1.yml')
    .replace(/^ {2}- project: .*\n {4}ref: .*\n {4}file: .*$/m, '  - local: setup.yml');
}

const gitlab = samples('docs/gitlab.md');

test('the first sample of the GitLab guide clones a private repository', async () => {
  await using server = await startGitlabServer({ release });
  using project = makeProject({
    'setup.yml': templateText('templates/setup/template.yml', release),
    'check.yml': templateText('templates/check/template.yml', release),
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
      'check.yml': templateText('templates/check/template.yml', release),
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

describe('the guide to other CI systems', () => {
  const laptop = () => {
    const machine = startMachine({ ci: 'none' });
    machine.addProgram(
      'pipeline-credentials',
      `exec '${process.execPath}' '${join(root, 'dist/cli/index.js')}' "$@"`,
    );
    return machine;
  };
  const variables = () => ({ ...world.secrets, PIPELINE_CREDENTIALS: world.manifest });

  test.each([0, 1])('its shell sample %i clones and leaves nothing', async (index) => {
    using machine = laptop();
    const said = await machine.run([grounded(samples('docs/other-ci.md', 'sh')[index] ?? '')], variables());
    expect(said.stderr).toContain("Cloning into 'rnaseq'");
    expect(said.code).toBe(0);
    expect(machine.leftovers()).toEqual([]);
  });

  test('its CircleCI steps, which share a file that every shell reads', async () => {
    using machine = laptop();
    const steps = parse(samples('docs/other-ci.md')[1] ?? '').jobs.build.steps.slice(1);
    const commands: string[] = steps.map(({ run }: { run: string | { command: string } }) =>
      typeof run === 'string' ? run : run.command,
    );
    const BASH_ENV = join(machine.folder, 'bash-env');
    writeFileSync(BASH_ENV, '');
    const said: Said[] = [];
    for (const command of commands)
      said.push(await machine.run(['. "$BASH_ENV"', grounded(command)], { ...variables(), BASH_ENV }));
    expect(
      said.map(({ code }) => code),
      said.map(({ stderr }) => stderr).join(''),
    ).toEqual([0, 0, 0]);
    expect(machine.leftovers()).toEqual([]);
    expect(await findSecrets({ file: readFileSync(BASH_ENV, 'utf8') }, Object.values(world.secrets))).toEqual(
      [],
    );
  });
});
