import { expect, test } from 'vitest';
import { verbHelp } from '../../src/cli/help.ts';
import { findVerb } from '../../src/cli/verbs.ts';
import { version } from '../../src/core/version.ts';
import { runLine } from './run-line.ts';

test.each([
  ['setpu', 'setup'],
  ['clean-up', 'cleanup'],
  ['credentials list', 'credential list'],
  ['credential lst', 'credential list'],
  ['app creat', 'app create'],
])('a verb with a slip: %s', async (words, verb) => {
  const { code, stderr } = await runLine(words.split(' '));
  expect([code, stderr]).toEqual([
    2,
    `error: That is not a verb.\nhint: Write \`${verb}\`, or see --help.\n`,
  ]);
});

test('what is near to no verb is not shown, and hears of them all', async () => {
  const { code, stderr } = await runLine(['canary-0123456789']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: The first word is not a verb\.\nhint: It is one of setup, cleanup, exec, /);
  expect(stderr).not.toContain('canary');
});

test.each([
  [['help', 'credential', 'add']],
  [['credential', 'add', '--help']],
  [['help', 'credential', 'add', 'x']],
])('%j tells about that verb', async (words) => {
  const { code, stdout } = await runLine(words);
  const verb = findVerb('credential add');
  expect([code, stdout]).toEqual([0, verb === undefined ? '' : verbHelp(verb)]);
});

test.each([[['help']], [['--help']], [['-h']], [[]]])('%j tells about all verbs', async (words) => {
  const { code, stdout } = await runLine(words);
  expect(code).toBe(0);
  expect(stdout).toContain('\n  credential add ');
});

test.each(['--version', 'version', '-V'])('%s is the version', async (word) => {
  expect(await runLine([word])).toMatchObject({ code: 0, stdout: `${version}\n` });
});

test.each([
  [['exec', 'git', '--version']],
  [['exec', '--manifest', 'm.yml', 'git', 'clone', '--depth', '1']],
  [['exec', '--']],
])('%j: a command stands after two dashes', async (words) => {
  const { code, stderr } = await runLine(words);
  expect([code, stderr]).toEqual([
    2,
    'error: There is no command to run.\nhint: Write it after two dashes: pipeline-credentials exec [FLAGS] -- COMMAND...\n',
  ]);
});

test.each(['--token', '--password', '--private-key'])(
  '%s on the command line: where a secret belongs',
  async (flag) => {
    const { code, stderr } = await runLine(['credential', 'add', 'lab', flag, 'canary-0123456789']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /is no flag: others can read command lines\.\nhint: Say where the secret is with --secret-from/,
    );
    expect(stderr).not.toContain('canary');
  },
);
