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
    () => null,
    (line) => void lines.push(line),
  );
  voice.mask([new Secret('canary-token')]);
  voice.warning('two\nlines');
  return lines;
}

test('workflow commands on GitHub Actions, escaped', () => {
  expect(speak(github)).toEqual(['::add-mask::canary-token', '::warning::two%0Alines']);
});

test.each([
  ['a terminal', {}],
  ['GitLab CI', { GITLAB_CI: 'true' }],
  ['GitLab CI with variables of GitHub', { ...github, GITLAB_CI: 'true' }],
  ['no command file', { GITHUB_ACTIONS: 'true', GITHUB_ENV: join(folder, 'missing') }],
])('rule 25: no workflow command in %s', (_where, env) => {
  expect(speak(env)).toEqual(['warning: two\nlines']);
});

test('variables with line breaks stay one variable in the runner file', () => {
  commandLineCi(
    github,
    () => null,
    () => {},
  ).exportVariables?.({ A: 'one\ntwo', B: '3' });
  const [first, one, two, end, second] = readFileSync(envFile, 'utf8').split('\n');
  expect(first).toMatch(/^A<<ghadelimiter_[0-9a-f-]{36}$/);
  expect([one, two, end]).toEqual(['one', 'two', first?.slice('A<<'.length)]);
  expect(second).toMatch(/^B<<ghadelimiter_/);
});
