import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../conventions/sources.ts';
import { findSecrets } from '../harness/leaks.ts';
import { startJob } from '../harness/runner.ts';
import { readBitbucketFile, runStep, stepsOf } from '../templates/bitbucket-runner.ts';
import { startWorld, type World } from '../templates/consumer.ts';
import { makeProject } from '../templates/gitlab-local.ts';
import { startGitlabServer } from '../templates/gitlab-server.ts';
import { templateText } from '../templates/gitlab-template.ts';
import { startMachine } from '../templates/job-machine.ts';
import { startNpmServer } from '../templates/npm-server.ts';
import { builtRelease } from '../templates/release.ts';

const release = builtRelease(join(root, 'dist'));
const cli = join(root, 'dist/cli/index.js');

/** What one way of signing in did to a job. */
interface Evidence {
  /** Variables that were not there before. */
  readonly names: readonly string[];
  /** The session's files, with their modes. */
  readonly files: readonly string[];
  /** What the job's own work printed. */
  readonly work: string;
  /** `explain --json`, as seen from inside the job. */
  readonly selection: unknown;
  /** What was left in the temporary folder and the home. */
  readonly leftovers: readonly string[];
}

interface Run {
  readonly leftovers: readonly string[];
  readonly log: string;
}

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld();
  folder = mkdtempSync(join(tmpdir(), 'parity-'));
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** What a job does before and after it is signed in, and the variables that it needs. */
interface Work {
  readonly before: string;
  readonly during: string;
  readonly env: Readonly<Record<string, string>>;
}

/** @param place where the evidence goes; in the text, since gitlab-ci-local copies files that variables name. */
function workAt(place: string): Work {
  const names = (file: string): string => `env | cut -d= -f1 | sort -u > '${place}/${file}'`;
  const during = [
    names('after'),
    `(cd "$PIPELINE_CREDENTIALS_SESSION" && find . -type f -printf "%m %P\\n" | sort) > '${place}/files'`,
    `printf '%s' "$MANIFEST" | '${process.execPath}' '${cli}' explain --json --manifest - > '${place}/selection'`,
    `(\n${world.work}\n) > '${place}/work'`,
  ];
  return {
    before: names('before'),
    during: during.join('\n'),
    env: { MANIFEST: world.manifest, ...world.secrets },
  };
}

/** Runs a job in a folder of its own and reads what it left there. */
async function observe(name: string, run: (work: Work) => Promise<Run>): Promise<Evidence> {
  const place = mkdtempSync(join(folder, `${name}-`));
  const { leftovers, log } = await run(workAt(place));
  expect(await findSecrets({ log }, Object.values(world.secrets))).toEqual([]);
  const text = (file: string) => readFileSync(join(place, file), 'utf8');
  const lines = (file: string) => text(file).trim().split('\n');
  return {
    names: lines('after').filter((variable) => !lines('before').includes(variable)),
    files: lines('files'),
    work: text('work'),
    selection: JSON.parse(text('selection')),
    leftovers,
  };
}

const shell = () =>
  observe('shell', async ({ before, during, env }) => {
    using machine = startMachine({ ci: 'none' });
    const setup = `eval "$('${process.execPath}' '${cli}' setup --format sh)"`;
    const cleanup = `'${process.execPath}' '${cli}' cleanup`;
    const manifest = { PIPELINE_CREDENTIALS: world.manifest };
    const said = await machine.run([before, setup, during, cleanup], { ...env, ...manifest });
    expect(said.code, said.stderr).toBe(0);
    return { leftovers: machine.leftovers(), log: said.stdout + said.stderr };
  });

const bitbucket = () =>
  observe('bitbucket', async ({ before, during, env }) => {
    using machine = startMachine({ ci: 'bitbucket' });
    await using npm = await startNpmServer(release);
    const file = templateText('templates/bitbucket/copy-paste.bitbucket-pipelines.yml', release);
    const [step] = stepsOf(readBitbucketFile(file).pipelines?.default);
    if (step === undefined) throw new Error('the file to copy has no step');
    const { script, after } = await runStep(
      machine,
      { ...step, script: [before, step.script[1] ?? '', during] },
      {
        ...env,
        PIPELINE_CREDENTIALS: Buffer.from(world.manifest).toString('base64'),
        NPM_CONFIG_REGISTRY: npm.url,
      },
    );
    expect([script.code, after.code], script.stderr).toEqual([0, 0]);
    const log = [script, after].map(({ stdout, stderr }) => stdout + stderr).join('');
    return { leftovers: machine.leftovers(), log };
  });

const indented = (text: string): string => text.replaceAll('\n', '\n      ');
const gitlab = () =>
  observe('gitlab', async ({ before, during, env }) => {
    await using server = await startGitlabServer({ release });
    using project = makeProject({
      'setup.yml': templateText('templates/setup/template.yml', release),
      '.gitlab-ci.yml': `
include: [{ local: setup.yml, inputs: { job-token: false } }]
build:
  before_script:
    - ${before}
    - !reference [.pipeline-credentials, before_script]
  script:
    - |
      ${indented(during)}
  after_script:
    - !reference [.pipeline-credentials, after_script]
`,
    });
    const { code, log } = await project.run('build', {
      variables: { ...env, ...server.variables },
      files: { PIPELINE_CREDENTIALS: world.manifest },
    });
    expect(code, log).toBe(0);
    return { leftovers: project.leftovers(), log };
  });

const action = () =>
  observe('action', async ({ before, during, env }) => {
    await using job = await startJob({ env });
    await job.step(before);
    const main = await job.uses(join(root, 'action.yml'), { manifest: world.manifest, 'github-token': '' });
    expect(main.code, main.stderr).toBe(0);
    const work = await job.step(during);
    expect(work.code, work.stderr).toBe(0);
    const steps = [main, work, ...(await job.finish())];
    expect(steps.flatMap(({ leaks }) => leaks)).toEqual([]);
    return { leftovers: readdirSync(job.temp).filter((name) => !name.startsWith('_')), log: work.stdout };
  });

test('one manifest does the same in plain shell, an action, a GitLab component and a Bitbucket step', async () => {
  const plain = await shell();
  expect(plain.work).toContain('cloned pipeline rnaseq variants, in it README.md');
  expect(plain.leftovers).toEqual([]);
  expect(await bitbucket()).toEqual(plain);
  expect(await gitlab()).toEqual(plain);
  expect(await action()).toEqual(plain);
});
