import { expect, test } from 'vitest';
import { readJob } from '../../src/ci/job.ts';

const github = {
  GITHUB_ACTIONS: 'true',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_JOB: 'build',
  RUNNER_TRACKING_ID: 'github_1',
  GITHUB_WORKSPACE: '/w/r/r',
  RUNNER_TEMP: '/w/_temp',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/rnaseq',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: '/event.json',
};
const event = (text: string) => () => text;

test('GitHub Actions', () => {
  expect(readJob(github, event('{"repository":{"private":true}}'))).toEqual({
    ci: 'github',
    id: '7/1/build/github_1',
    workspace: '/w/r/r',
    temporaryFolder: '/w/_temp',
    repository: 'https://github.com/acme/rnaseq',
    foreignEvent: null,
    isPublic: false,
  });
});

test.each(['{"repository":{"private":false}}', '{}', 'broken'])('%s counts as public', (payload) => {
  expect(readJob(github, event(payload)).isPublic).toBe(true);
});

test.each(['pull_request_target', 'workflow_run', 'issue_comment'])(
  'rule 1: %s is an event of others',
  (name) => {
    expect(readJob({ ...github, GITHUB_EVENT_NAME: name }, () => null).foreignEvent).toBe(name);
  },
);

test('GitLab CI', () => {
  const env = {
    GITLAB_CI: 'true',
    CI_SERVER_HOST: 'gitlab.example.com',
    CI_JOB_ID: '12',
    CI_PROJECT_DIR: '/builds/lab/variants',
    CI_PROJECT_URL: 'https://gitlab.example.com/lab/variants',
    CI_PROJECT_VISIBILITY: 'internal',
  };
  expect(readJob(env, () => null)).toEqual({
    ci: 'gitlab',
    id: 'gitlab.example.com/12',
    workspace: '/builds/lab/variants',
    temporaryFolder: null,
    repository: 'https://gitlab.example.com/lab/variants',
    foreignEvent: null,
    isPublic: false,
  });
});

test('Bitbucket Pipelines', () => {
  const env = {
    BITBUCKET_BUILD_NUMBER: '3',
    BITBUCKET_REPO_FULL_NAME: 'acme/rnaseq',
    BITBUCKET_STEP_UUID: '{1}',
    BITBUCKET_CLONE_DIR: '/opt/atlassian/pipelines/agent/build',
    BITBUCKET_REPO_IS_PRIVATE: 'true',
  };
  expect(readJob(env, () => null)).toEqual({
    ci: 'bitbucket',
    id: 'acme/rnaseq/3/{1}',
    workspace: '/opt/atlassian/pipelines/agent/build',
    temporaryFolder: null,
    repository: 'https://bitbucket.org/acme/rnaseq',
    foreignEvent: null,
    isPublic: false,
  });
});

test('neither, and two at once', () => {
  expect(readJob({}, () => null)).toMatchObject({ ci: 'none', id: null, workspace: null });
  expect(readJob({ ...github, GITLAB_CI: 'true' }, () => null).ci).toBe('none');
});
