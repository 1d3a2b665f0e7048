import { describe, expect, test } from 'vitest';
import { readJob } from '../../src/ci/read-job.ts';

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
    token: null,
    withheld: null,
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

const gitlab = {
  GITLAB_CI: 'true',
  CI_SERVER_HOST: 'gitlab.example.com',
  CI_SERVER_URL: 'https://gitlab.example.com',
  CI_JOB_ID: '12',
  CI_PROJECT_DIR: '/builds/lab/variants',
  CI_PROJECT_URL: 'https://gitlab.example.com/lab/variants',
  CI_PROJECT_VISIBILITY: 'internal',
  CI_COMMIT_REF_PROTECTED: 'true',
};
const gitlabJob = (more: Record<string, string>) => readJob({ ...gitlab, ...more }, () => null);

test('GitLab CI', () => {
  expect(gitlabJob({})).toEqual({
    ci: 'gitlab',
    id: 'gitlab.example.com/12',
    workspace: '/builds/lab/variants',
    temporaryFolder: null,
    repository: 'https://gitlab.example.com/lab/variants',
    foreignEvent: null,
    token: null,
    withheld: null,
    isPublic: false,
  });
});

test.each([{ CI_PROJECT_VISIBILITY: 'public' }, { CI_PROJECT_VISIBILITY: '' }])(
  '%j counts as public',
  (env) => {
    expect(gitlabJob(env).isPublic).toBe(true);
  },
);

test("GitLab's job token is for the own repository and the own registry", () => {
  const own = { CI_JOB_TOKEN: 'canary-job-token', CI_REGISTRY_IMAGE: 'registry.example.com/lab/variants' };
  const { token } = gitlabJob(own);
  expect(token).toMatchObject({ username: 'gitlab-ci-token', registry: 'registry.example.com/lab/variants' });
  expect(token?.password.reveal()).toBe('canary-job-token');
});

test.each(['https://gitlab.example.com.evil.test/lab/variants', 'https://evil.test/lab/variants'])(
  'rule 9: %s is not on the host of the job, and gets no job token',
  (url) => {
    const job = gitlabJob({ CI_JOB_TOKEN: 'canary-job-token', CI_PROJECT_URL: url });
    expect(job).toMatchObject({ repository: null, token: null });
  },
);

test.each([
  ['an unprotected branch', { CI_COMMIT_REF_PROTECTED: 'false' }, /not protected/],
  ['a fork', { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '2', CI_MERGE_REQUEST_PROJECT_ID: '1' }, /from a fork/],
])('GitLab may keep variables from %s', (_what, env, said) => {
  expect(gitlabJob(env).withheld).toMatch(said);
});

test('a laptop that runs GitLab jobs says that it is not GitLab', () => {
  expect(gitlabJob({ GITLAB_CI: 'false' }).ci).toBe('gitlab');
  expect(readJob({ GITLAB_CI: 'false' }, () => null).ci).toBe('none');
});

test.each([
  ['dependabot[bot]', 'push', /Dependabot's runs/],
  ['octocat', 'pull_request', /from forks/],
])('GitHub may keep secrets from %s on %s', (GITHUB_ACTOR, GITHUB_EVENT_NAME, said) => {
  expect(readJob({ ...github, GITHUB_ACTOR, GITHUB_EVENT_NAME }, () => null).withheld).toMatch(said);
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
    token: null,
    withheld: expect.stringContaining('`deployment:`'),
    isPublic: false,
  });
});

test('neither, and two at once', () => {
  expect(readJob({}, () => null)).toMatchObject({ ci: 'none', id: null, workspace: null });
  expect(readJob({ ...github, GITLAB_CI: 'true' }, () => null).ci).toBe('none');
});

describe('rule 1: two CI systems at once', () => {
  const both = (more: Record<string, string>) =>
    readJob({ ...github, ...gitlab, ...more }, event('{"repository":{"private":true}}'));

  test.each([
    [{ CI_PROJECT_DIR: '/w/r/r/inner' }, '/w/r/r'],
    [{ CI_PROJECT_DIR: '' }, '/w/r/r'],
    [{ CI_PROJECT_DIR: '/w/r/r' }, '/w/r/r'],
    [{ CI_PROJECT_DIR: '/w/r/really' }, '/w/r'],
    [{ CI_PROJECT_DIR: '/elsewhere' }, '/'],
  ])('with %o the workspace is %s', (more, workspace) => {
    expect(both(more)).toMatchObject({ ci: 'none', workspace });
  });

  test('the event stays one of others, and what is public stays public', () => {
    const variables = { GITHUB_EVENT_NAME: 'pull_request_target', CI_PROJECT_VISIBILITY: 'public' };
    expect(both(variables)).toMatchObject({ foreignEvent: 'pull_request_target', isPublic: true });
  });
});
