import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLineCi } from '../../src/ci/command-line.ts';
import { Secret } from '../../src/core/secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'ci-'));
const envFile = join(folder, 'env');
writeFileSync(envFile, '');
const github = { GITHUB_ACTIONS: 'true', GITHUB_ENV: envFile };

function speak(env: Record<string, string>): string[] {
  const lines: string[] = [];
  const { voice } = commandLineCi(
    env,
    door((line) => void lines.push(line)),
  );
  voice.mask([new Secret('canary-token')]);
  voice.warning('two\nlines');
  return lines;
}

const door = (write: (line: string) => void) => ({
  readText: () => null,
  write,
  now: () => new Date(1_700_000_000_123),
});

test('workflow commands on GitHub Actions, escaped', () => {
  expect(speak(github)).toEqual(['::add-mask::canary-token', '::warning::two%0Alines']);
});

test.each([
  ['a terminal', {}],
  ['GitLab CI with variables of GitHub', { ...github, GITLAB_CI: 'true' }],
  ['no command file', { GITHUB_ACTIONS: 'true', GITHUB_ENV: join(folder, 'missing') }],
])('rule 25: no workflow command in %s', (_where, env) => {
  expect(speak(env)).toEqual(['warning: two\nlines']);
});

test.each([
  ['GitLab CI', { GITLAB_CI: 'true' }],
  ['Bitbucket', { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_REPO_FULL_NAME: 'acme/rnaseq' }],
])('rule 25: colours, and no workflow command, in %s', (_where, env) => {
  expect(speak(env)).toEqual(['\u001b[33mwarning: two\nlines\u001b[0m']);
});

test.each([
  ['GitHub', github, ['::group::Sign-in', 'line', '::endgroup::']],
  [
    'GitLab',
    { GITLAB_CI: 'true' },
    [
      '\u001b[0Ksection_start:1700000000:pipeline_credentials_1700000000123\r\u001b[0K\u001b[1mSign-in\u001b[0m',
      'line',
      '\u001b[0Ksection_end:1700000000:pipeline_credentials_1700000000123\r\u001b[0K',
    ],
  ],
  ['a terminal', {}, ['line']],
])('%s folds what belongs together', (_where, env, lines) => {
  const written: string[] = [];
  const { voice } = commandLineCi(
    env,
    door((line) => void written.push(line)),
  );
  const end = voice.section('Sign-in');
  voice.info('line');
  end();
  expect(written).toEqual(lines);
});

test('variables with line breaks stay one variable in the runner file', () => {
  commandLineCi(
    github,
    door(() => {}),
  ).exportVariables?.({ A: 'one\ntwo', B: '3' });
  const [first, one, two, end, second] = readFileSync(envFile, 'utf8').split('\n');
  expect(first).toMatch(/^A<<ghadelimiter_[0-9a-f-]{36}$/);
  expect([one, two, end]).toEqual(['one', 'two', first?.slice('A<<'.length)]);
  expect(second).toMatch(/^B<<ghadelimiter_/);
});
