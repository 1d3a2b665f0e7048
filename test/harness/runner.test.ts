import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findSecrets } from './leaks.ts';
import { type Job, startJob } from './runner.ts';

let job: Job;
beforeEach(async () => {
  job = await startJob({ token: 'canary-workflow-token', repository: 'acme/pipeline', event: 'schedule' });
});
afterEach(() => job.close());

const metadata = `
inputs:
  name: { description: Whom to greet, default: nobody }
  github-token: { description: The token, default: "\${{ github.token }}" }
  empty: { description: Nothing }
runs: { using: node24, main: main.cjs, post: post.cjs }
`;

/** Writes an action; its main and post are given `file(variable, text)` to append to the runner's files. */
async function action(main: string, post = ''): Promise<string> {
  const head = `const { appendFileSync } = require('node:fs');
    const file = (name, text) => appendFileSync(process.env[name], text + '\\n');`;
  await writeFile(join(job.folder, 'main.cjs'), head + main);
  await writeFile(join(job.folder, 'post.cjs'), head + post);
  await writeFile(join(job.folder, 'action.yml'), metadata);
  return join(job.folder, 'action.yml');
}

test('an action reads its inputs and leaves outputs, state for its post, and variables and paths for later steps', async () => {
  const used = await job.uses(
    await action(
      `file('GITHUB_OUTPUT', 'hello<<END\\nfirst\\nsecond\\nEND');
      file('GITHUB_STATE', 'session=/a/b');
      file('GITHUB_ENV', 'GREETING=hello ' + process.env.INPUT_NAME + '\\nGITHUB_SHA=forged');
      file('GITHUB_PATH', '/opt/first'); file('GITHUB_PATH', '/opt/second');
      file('GITHUB_STEP_SUMMARY', '# Done');
      console.log(process.env['INPUT_GITHUB-TOKEN'] === 'canary-workflow-token', process.env.INPUT_EMPTY === '');`,
      `console.log(process.env.STATE_session, process.env.GREETING, process.env.INPUT_NAME)`,
    ),
    { name: 'world' },
  );
  expect(used).toMatchObject({
    code: 0,
    outputs: { hello: 'first\nsecond' },
    summary: '# Done\n',
    leaks: [],
  });
  expect(used.stdout).toBe('true true\n');
  const later = await job.step('echo $GREETING, $GITHUB_REPOSITORY, $GITHUB_EVENT_NAME, $GITHUB_SHA, $PATH');
  expect(later.stdout).toMatch(/^hello world, acme\/pipeline, schedule, 0{40}, \/opt\/second:\/opt\/first/);
  const [post, ...others] = await job.finish();
  expect(post).toMatchObject({ code: 0, stdout: '/a/b hello world world\n' });
  expect(others).toEqual([]);
});

test('what later steps do not see: inputs, state, and the token', async () => {
  await job.uses(await action(`file('GITHUB_STATE', 'session=/a/b')`), { name: 'world' });
  expect((await job.step('env')).stdout).not.toMatch(/INPUT_|STATE_|canary-workflow-token/);
});

test('commands are taken out of the log, masked values shown as stars', async () => {
  const step = await job.step(`
    echo '::group::Setting up'
    echo '::add-mask::canary-one%0Acanary-two'
    echo 'the token is canary-two'
    echo '::error title=credentials[2]%3A token,line=3::It failed%0Ahint: mend it' >&2
    exit 3`);
  expect(step).toMatchObject({ code: 3, groups: ['Setting up'] });
  expect(step.masks).toEqual(['canary-one\ncanary-two', 'canary-one', 'canary-two']);
  expect(step.shown).toContain('the token is ***');
  expect(step.annotations).toEqual([
    {
      level: 'error',
      message: 'It failed\nhint: mend it',
      properties: { title: 'credentials[2]: token', line: '3' },
    },
  ]);
});

test('every place where a masked value stands unmasked is told, also when an earlier step masked it', async () => {
  await job.step(`echo '::add-mask::canary-secret'`);
  const basic = Buffer.from('user:canary-secret').toString('base64');
  const step = await job.step(`
    echo 'it is canary-secret'
    echo '::warning::canary-secret' >&2
    echo "auth=${basic}" >> $GITHUB_ENV
    echo 'token=canary-secret' >> $GITHUB_OUTPUT
    echo 'canary%2Dsecret, or not' >> $GITHUB_STEP_SUMMARY`);
  expect(step.leaks.map(({ place, form }) => `${place}: ${form}`)).toEqual([
    'stdout: itself',
    'stderr: itself',
    'output token: itself',
    'env auth: base64',
  ]);
  expect(JSON.stringify(step.leaks)).not.toContain('canary');
});

test("the workflow's secrets are masked from the start, and steps leave no file of the runner behind", async () => {
  await using other = await startJob({ secrets: ['canary-first\ncanary-second'], token: 'canary-token' });
  const step = await other.step('echo canary-second; echo a=canary-token >> $GITHUB_ENV');
  expect(step.shown).toContain('***');
  expect([...new Set(step.leaks.map(({ place }) => place))]).toEqual(['stdout', 'env a']);
  expect(await readdir(join(other.temp, '_runner_file_commands'))).toEqual([]);
  expect(await findSecrets(other.folder, other.masks)).toEqual([]);
});

test('a step can be stopped by a signal', async () => {
  const started = (child: { kill: (signal: NodeJS.Signals) => boolean }) =>
    void setTimeout(() => child.kill('SIGTERM'), 50);
  expect(await job.step('exec sleep 20', { started })).toMatchObject({ code: null, signal: 'SIGTERM' });
});

test.each([
  ['NODE_OPTIONS', `echo NODE_OPTIONS=--inspect >> $GITHUB_ENV`, /NODE_OPTIONS/],
  ['a value without an end', `echo 'a<<END' >> $GITHUB_OUTPUT`, /no end/],
  ['a command of old', `echo '::set-output name=a::b'`, /set-output/],
])('what the runner refuses fails: %s', async (_, command, message) => {
  await expect(job.step(command)).rejects.toThrow(message);
});

test('an input that the action does not have is an error', async () => {
  await expect(job.uses(await action(''), { nmae: 'world' })).rejects.toThrow('no input nmae');
});
