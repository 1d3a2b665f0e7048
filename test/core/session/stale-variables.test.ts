import { expect, test } from 'vitest';
import { gitEnvironment } from '../../../src/core/session/git-environment.ts';
import { staleVariables } from '../../../src/core/session/stale-variables.ts';

const folder = "/tmp/it's/pipeline-credentials-1";
const own = {
  PIPELINE_CREDENTIALS_SESSION: folder,
  DOCKER_CONFIG: `${folder}/docker`,
  GIT_TERMINAL_PROMPT: '0',
};
const made = (before: Record<string, string>) => ({
  ...before,
  ...own,
  ...gitEnvironment(`${folder}/gitconfig`, before, null),
});

test('what leads to a session that is gone is unset', () => {
  const env = made({ PATH: '/bin', DOCKER_HOST: 'unix:///x', NEAR: `${folder}0/x` });
  expect(staleVariables(env, folder)).toEqual({
    PIPELINE_CREDENTIALS_SESSION: null,
    DOCKER_CONFIG: null,
    GIT_TERMINAL_PROMPT: null,
    GIT_CONFIG_COUNT: null,
    GIT_CONFIG_KEY_0: null,
    GIT_CONFIG_VALUE_0: null,
    GIT_CONFIG_PARAMETERS: null,
  });
});

test('what was there before stays', () => {
  const before = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'user.name',
    GIT_CONFIG_VALUE_0: 'Ada',
    GIT_CONFIG_PARAMETERS: "'user.email=ada@example.com'",
  };
  expect(staleVariables(made(before), folder)).toEqual({
    PIPELINE_CREDENTIALS_SESSION: null,
    DOCKER_CONFIG: null,
    GIT_TERMINAL_PROMPT: null,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_1: null,
    GIT_CONFIG_VALUE_1: null,
    GIT_CONFIG_PARAMETERS: "'user.email=ada@example.com'",
  });
});

test('a pair behind which others were put stays, and so does everything of another session', () => {
  const env = { ...made({}), GIT_CONFIG_COUNT: '2', GIT_CONFIG_KEY_1: 'a.b', GIT_CONFIG_VALUE_1: 'c' };
  expect(Object.keys(staleVariables(env, folder))).not.toContain('GIT_CONFIG_COUNT');
  expect(staleVariables(env, '/tmp/other')).toEqual({});
});
