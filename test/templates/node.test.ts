import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GitlabServer, startGitlabServer } from './gitlab-server.ts';
import { type JobMachine, startMachine } from './job-machine.ts';
import { makeRelease } from './release.ts';
import { setupJob } from './setup-job.ts';

const release = makeRelease();
const tools = Object.fromEntries(
  ['sh', 'mktemp', 'find', 'rm', 'ln', 'cat'].map((name) => [
    name,
    execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(),
  ]),
);

let gitlab: GitlabServer;
beforeAll(async () => {
  gitlab = await startGitlabServer({ release });
});
afterAll(() => gitlab.close());

/** An image without node; `id` says who runs the job. */
let image: JobMachine;
beforeEach(() => {
  image = startMachine({ programs: tools });
  image.addProgram('id', 'echo 0');
});
afterEach(() => image[Symbol.dispose]());

/** Cleanup looks whose folders they are, so there the job is run by who runs the tests. */
const asOurselves = (): void => image.addProgram('id', `echo ${process.getuid?.()}`);

const { before, after } = setupJob(release);
const run = (scripts = before) =>
  image.run([...scripts, 'echo "$SIGNED_IN"'], {
    ...gitlab.variables,
    PIPELINE_CREDENTIALS: 'canary-manifest',
  });
const says = 'echo "[$PIPELINE_CREDENTIALS] ${0##*/} $*" >&2';
const puts = (version: string): string =>
  version === 'now'
    ? `ln -s '${process.execPath}' "$HOME/../bin/node"`
    : `printf '#!/bin/sh\\necho false\\n' > "$HOME/../bin/node"; chmod +x "$HOME/../bin/node"`;

const nothing = `error: this job has no Node 20 or newer.
hint: Use an image that has one (node:24-alpine, node:24-slim); or copy it into yours (COPY --from=node:24-slim \
/usr/local/bin/node /usr/local/bin/); or name one outside the checkout by its absolute path with the setting node.
`;

test.each([
  ['apk', ['[] apk add --quiet --no-cache nodejs']],
  ['apt-get', ['[] apt-get update -qq', '[] apt-get install -qq -y --no-install-recommends nodejs']],
  ['microdnf', ['[] microdnf -y module enable nodejs:20', '[] microdnf -y install nodejs']],
])('%s installs node for root, without seeing the manifest', async (manager, calls) => {
  image.addProgram(manager, `${says}; case "$*" in *nodejs) ${puts('now')};; esac`);
  const said = await run();
  expect(said).toMatchObject({ code: 0, stdout: 'yes\n' });
  expect(said.stderr.split('\n').filter((line) => line.startsWith('['))).toEqual([
    ...calls,
    expect.stringContaining('"setup"'),
  ]);
});

test('an image whose node is too old is told the three ways out', async () => {
  image.addProgram('apt-get', `case "$*" in *nodejs) ${puts('then')};; esac`);
  image.addProgram('chmod', '/bin/chmod "$@"');
  const old = nothing.replace('newer.', `newer (${join(image.folder, 'bin/node')} is none).`);
  expect(await run()).toEqual({ code: 1, stdout: '', stderr: old });
});

test.each([
  ['nobody installs for somebody who is not root', 'id', 'echo 1000'],
  ['a package manager that fails', 'apk', 'exit 1'],
])('%s', async (_what, program, lines) => {
  image.addProgram('apk', 'echo "must not run" >&2');
  image.addProgram(program, lines);
  expect(await run()).toEqual({ code: 1, stdout: '', stderr: nothing });
});

test('no package manager, and none wanted', async () => {
  expect(await run()).toEqual({ code: 1, stdout: '', stderr: nothing });
  image.addProgram('apk', says);
  expect(await run(setupJob(release, { 'install-node': false }).before)).toMatchObject({ stderr: nothing });
});

test('a node by its absolute path', async () => {
  asOurselves();
  const node = join(image.folder, 'node');
  symlinkSync(process.execPath, node);
  const job = setupJob(release, { node });
  expect(await run(job.before)).toMatchObject({ code: 0, stdout: 'yes\n' });
  expect(await image.run(job.after)).toMatchObject({ stderr: '["cleanup"]\n' });
  const wrong = await run(setupJob(release, { node: join(image.folder, 'checkout/node') }).before);
  expect(wrong.stderr).toMatch(/^error: this job has no Node 20 or newer \(\S+ is none\)\.\n/);
});

test('cleanup where node is gone says so, and removes the copy', async () => {
  asOurselves();
  const node = join(image.folder, 'bin/node');
  symlinkSync(process.execPath, node);
  await run();
  image.addProgram('gone', 'rm "$HOME/../bin/node"');
  const said = await image.run(['gone', ...after]);
  expect(said).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^warning: no Node to clean up with/),
  });
  expect(image.leftovers()).toEqual([]);
});
