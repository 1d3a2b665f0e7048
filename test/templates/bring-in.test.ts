import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GitlabServer, jobToken, startGitlabServer } from './gitlab-server.ts';
import type { Inputs } from './gitlab-template.ts';
import { type JobMachine, startMachine } from './job-machine.ts';
import { type NpmServer, startNpmServer } from './npm-server.ts';
import { makeRelease, type Release, writeRelease } from './release.ts';
import { setupJob } from './setup-job.ts';

const release = makeRelease();
const tampered: Release = { ...release, files: makeRelease("console.log('false')").files };
const job = (inputs?: Inputs) => setupJob(release, inputs);
const { before, after } = job();
const script = 'echo "signed in: $SIGNED_IN"';

let machine: JobMachine;
beforeEach(() => {
  machine = startMachine();
});
afterEach(() => machine[Symbol.dispose]());

let gitlab: GitlabServer;
let npm: NpmServer;
beforeAll(async () => {
  gitlab = await startGitlabServer({ release });
  npm = await startNpmServer(release);
});
afterAll(async () => {
  await gitlab.close();
  await npm.close();
});

test("from the component's project, with the job's token, and nothing stays", async () => {
  const lists = { repositories: ['https://github.com/acme/a', 'https://github.com/acme/b write'] };
  const during = await machine.run([...job(lists).before, script, 'ls "$TMPDIR"'], gitlab.variables);
  expect(during).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^signed in: yes\npipeline-credentials-/),
  });
  expect(during.stderr).toContain(`"--repositories",${JSON.stringify(JSON.stringify(lists.repositories))}`);
  expect(gitlab.requests.map(({ token }) => token)).toEqual(Array(4).fill(jobToken));
  // After a cancellation the job's token is no longer valid: cleanup does without.
  expect(await machine.run(after)).toMatchObject({ code: 0, stderr: '["cleanup"]\n' });
  expect(machine.leftovers()).toEqual([]);
});

test('copies that killed jobs left are forgotten after a week, and nothing else is', async () => {
  const names = [
    'pipeline-credentials-ci-1.abcdefghij',
    'pipeline-credentials-ci-2.abcdefghij',
    'another.abcdefghij',
  ];
  const [old = '', young = '', foreign = ''] = names.map((name) => join(machine.folder, 'tmp', name));
  for (const folder of [old, young, foreign]) mkdirSync(folder);
  const long = new Date(Date.now() - 9 * 86_400_000);
  for (const folder of [old, foreign]) utimesSync(folder, long, long);
  await machine.run([...before, ...after], gitlab.variables);
  expect(machine.leftovers()).toEqual(['another.abcdefghij', 'pipeline-credentials-ci-2.abcdefghij']);
});

test('paths of manifests may be variables', async () => {
  const { before: named } = job({ 'manifest-file': ['$ORG_MANIFEST', 'ci/targets.yml', '$MISSING'] });
  const { stderr } = await machine.run(named, { ...gitlab.variables, ORG_MANIFEST: '/run/org manifest' });
  const given = JSON.stringify(['/run/org manifest', 'ci/targets.yml', '']);
  expect(stderr).toContain(`"--manifest-file",${JSON.stringify(given)}`);
});

const planted = (folder: string) => [
  `x'; echo > '${folder}/quote'; '`,
  `$(echo > '${folder}/dollar')`,
  `\`echo > '${folder}/backtick'\``,
  `x\nINPUT\necho > '${folder}/lines'`,
];

test.each(['sh', 'bash', 'busybox sh'])('in %s nothing in a list is for the shell', async (shell) => {
  using other = startMachine({ shell: shell.split(' ') });
  const list = planted(other.folder);
  const before = readdirSync(other.folder);
  const lists = { repositories: list, registries: list, credentials: list, 'allow-env': list };
  const { stderr } = await other.run(job(lists).before, gitlab.variables);
  for (const name of Object.keys(lists))
    expect(stderr).toContain(`"--${name}",${JSON.stringify(JSON.stringify(list))}`);
  expect(readdirSync(other.folder)).toEqual(before);
});

test.each([0, 1, 2, 3])('nor in a path of a manifest: planted text %i', async (index) => {
  const path = planted(machine.folder)[index] ?? '';
  const before = readdirSync(machine.folder);
  const named = job({ 'manifest-file': ['$ORG_MANIFEST', `$\{ORG_MANIFEST}`, path] });
  const { stderr } = await machine.run(named.before, { ...gitlab.variables, ORG_MANIFEST: '/run/`x`$(y)' });
  expect(stderr).toMatch(
    index === 1 || index === 2
      ? /^error: the setting manifest-file has a \$ or a backtick that names no variable/
      : /"--manifest-file","\[\\"\/run\/`x`\$\(y\)\\",\\"\/run/,
  );
  expect(readdirSync(machine.folder)).toEqual(before);
});

test('rule 30: from npm where the project cannot be read, past every .npmrc', async () => {
  const astray = 'registry=http://127.0.0.1:9/\nproxy=http://127.0.0.1:9/\n';
  for (const place of ['home', 'checkout', 'tmp'])
    writeFileSync(join(machine.folder, place, '.npmrc'), astray);
  writeFileSync(join(machine.folder, 'tmp/package.json'), '{}');
  const env = { ...gitlab.variables, CI_JOB_TOKEN: 'canary-of-another-job', NPM_CONFIG_REGISTRY: npm.url };
  const during = await machine.run([...before, script], env);
  expect(during).toMatchObject({ code: 0, stdout: 'signed in: yes\n' });
  expect(during.stderr).toContain('the server answers 404 for your-org/pipeline-credentials at v0.1.0');
  expect(await machine.run(after, env)).toMatchObject({ code: 0, stderr: '["cleanup"]\n' });
  expect(machine.leftovers()).toEqual(['.npmrc', 'package.json']);
});

test('rule 21: npm sees neither the manifest nor the job token', async () => {
  const seen = join(machine.folder, 'seen');
  machine.addProgram('npm', `env > '${seen}'; exit 1`);
  const env = { PIPELINE_CREDENTIALS: 'canary-manifest', CI_JOB_TOKEN: jobToken, LAB_TOKEN: 'canary-lab' };
  expect(await machine.run(before, env)).toMatchObject({ code: 1 });
  expect(readFileSync(seen, 'utf8')).toMatch(/^HOME=/m);
  expect(readFileSync(seen, 'utf8')).not.toContain('canary');
});

test.each([
  ['a file', (name: string, content: Buffer) => (name === 'cli/1.index.js' ? Buffer.from('//') : content)],
  ['file and list', (name: string) => tampered.files.get(name) as Buffer],
])('rule 30: nothing runs when %s differs from what was released', async (_what, bend) => {
  const server = await startGitlabServer({ release, bend });
  const packages = await startNpmServer(tampered);
  const env = { ...server.variables, NPM_CONFIG_REGISTRY: packages.url };
  const during = await machine.run([...before, script], env);
  expect(during).toMatchObject({ code: 1, stdout: '' });
  expect(during.stderr).toMatch(
    /is not the one that[\s\S]*error: pipeline-credentials 0\.1\.0 could not be brought in/,
  );
  expect(await machine.run(after, env)).toMatchObject({ code: 0 });
  expect(machine.leftovers()).toEqual([]);
  await server.close();
  await packages.close();
});

test('rule 30: the copy is compared again before it cleans up', async () => {
  const spoil = 'for f in "$TMPDIR"/*/cli/index.js; do echo "process.stdout.write(\'spoilt\')" > "$f"; done';
  await machine.run([...before, spoil], gitlab.variables);
  const { stdout, stderr } = await machine.run(after, gitlab.variables);
  expect(stdout + stderr).not.toContain('spoilt');
  expect(stderr).toContain('index.js is not the one that SHA256SUMS lists');
  expect(machine.leftovers()).toEqual([]);
});

test('rule 13: the token follows no redirect, and goes to no other server', async () => {
  const elsewhere = await startGitlabServer({ release });
  const redirecting = await startGitlabServer({ release, redirectTo: elsewhere.url });
  machine.addProgram('npm', 'exit 1');
  expect(await machine.run(before, redirecting.variables)).toMatchObject({ code: 1 });
  const moved = { ...gitlab.variables, CI_API_V4_URL: `${elsewhere.url}/api/v4` };
  expect(await machine.run(before, moved)).toMatchObject({ code: 1 });
  expect(elsewhere.requests).toEqual([]);
  await elsewhere.close();
  await redirecting.close();
});

test('rule 14: the token goes nowhere unchecked', async () => {
  machine.addProgram('npm', 'exit 1');
  const env = { ...gitlab.variables, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const asked = gitlab.requests.length;
  expect(await machine.run(before, env)).toMatchObject({ code: 1 });
  expect(gitlab.requests).toHaveLength(asked);
});

test('when nothing can be brought in, one line for each way and one error', async () => {
  const env = {
    ...gitlab.variables,
    CI_JOB_TOKEN: 'canary-of-another-job',
    NPM_CONFIG_REGISTRY: `${npm.url}/empty/`,
  };
  expect(await machine.run([...before, script], env)).toEqual({
    code: 1,
    stdout: '',
    stderr: `pipeline-credentials: not from project: the server answers 404 for your-org/pipeline-credentials at v0.1.0
pipeline-credentials: not from npm: E404
error: pipeline-credentials 0.1.0 could not be brought in.
hint: Let this job read the project (its job token permissions) or reach npm; or put the command line into the image \
and name it with the setting cli.
`,
  });
  expect(await machine.run(after, env)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(machine.leftovers()).toEqual([]);
});

test('rule 30: a file named by its absolute path, outside the checkout', async () => {
  writeRelease(release, join(machine.folder, 'opt'));
  const named = job({ cli: join(machine.folder, 'opt/cli/index.js') });
  expect(await machine.run([...named.before, script])).toMatchObject({ code: 0, stdout: 'signed in: yes\n' });
  expect(await machine.run(named.after)).toMatchObject({ code: 0, stderr: '["cleanup"]\n' });
});

test.each(['checkout/cli/index.js', 'opt/../checkout/cli/index.js', 'missing/index.js'])(
  'rule 30: not %s',
  async (path) => {
    for (const folder of ['opt', 'checkout']) writeRelease(release, join(machine.folder, folder));
    const named = job({ cli: `${machine.folder}/${path}` });
    const during = await machine.run([...named.before, script]);
    expect(during).toMatchObject({ code: 1, stdout: '' });
    expect(during.stderr).toMatch(/^error: the setting cli names no file outside the checkout\.\nhint: /);
    expect((await machine.run(named.after)).stderr).toBe('');
  },
);

test('rule 21: programs of the checkout are not run', async () => {
  mkdirSync(join(machine.folder, 'checkout/bin'));
  for (const name of ['node', 'npm', 'mktemp', 'find', 'rm', 'pipeline-credentials'])
    writeFileSync(join(machine.folder, 'checkout/bin', name), '#!/bin/sh\necho planted\n', { mode: 0o755 });
  const PATH = `${machine.folder}/checkout/bin:bin:./bin::${machine.variables.PATH}`;
  const during = await machine.run([...before, script], { ...gitlab.variables, PATH });
  expect(during).toMatchObject({ code: 0, stdout: 'signed in: yes\n' });
  expect((await machine.run(after, { ...gitlab.variables, PATH })).stdout).toBe('');
  expect(machine.leftovers()).toEqual([]);
});

test('rule 18: nothing is put into a temporary folder that the checkout brings along', async () => {
  const TMPDIR = join(machine.folder, 'checkout/tmp');
  mkdirSync(TMPDIR);
  const env = { ...gitlab.variables, TMPDIR, CI_JOB_ID: `${process.pid}` };
  const { stdout } = await machine.run([...before, 'ls "$TMPDIR"; ls -d /tmp/pipeline-credentials-*'], env);
  expect(stdout).toContain(`/tmp/pipeline-credentials-gitlab.example.com-${process.pid}.`);
  expect(stdout).not.toContain('\npipeline-credentials');
  await machine.run([...after, 'ls "$TMPDIR"'], env);
  expect(readdirSync('/tmp').filter((name) => name.includes(`-${process.pid}.`))).toEqual([]);
});

test('cleanup without a setup has nothing to do, and leaves what others planted', async () => {
  const planted = join(machine.folder, 'tmp/pipeline-credentials-gitlab.example.com-4711.link');
  mkdirSync(join(machine.folder, 'others'));
  writeRelease(release, join(machine.folder, 'others'));
  await machine.run([`ln -s ../others "${planted}"`]);
  expect(await machine.run(after)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(machine.leftovers()).toHaveLength(1);
  rmSync(planted);
});

test('the log of a shell that prints its commands shows no secret', async () => {
  const env = { ...gitlab.variables, PIPELINE_CREDENTIALS: 'canary-manifest' };
  const during = await machine.run(['set -x', ...before, script], env);
  expect(during.code).toBe(0);
  expect(during.stderr).not.toMatch(/canary/);
});

test('a shell that is strict about variables is served too', async () => {
  expect(await machine.run(['set -u', ...before, script], gitlab.variables)).toMatchObject({ code: 0 });
});
