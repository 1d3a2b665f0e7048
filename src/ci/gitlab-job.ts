// https://docs.gitlab.com/ci/variables/predefined_variables/
import type { Env, Job } from './job.ts';

export function isGitlab(env: Env): boolean {
  return env.GITLAB_CI === 'true';
}

/** Sessions live in the container's own temp folder: `/builds` outlives killed jobs. */
export function gitlabJob(env: Env): Job {
  return {
    ci: 'gitlab',
    id: [env.CI_SERVER_HOST, env.CI_JOB_ID].join('/'),
    workspace: env.CI_PROJECT_DIR || null,
    temporaryFolder: null,
    repository: env.CI_PROJECT_URL || null,
    foreignEvent: null,
    isPublic: env.CI_PROJECT_VISIBILITY === 'public',
  };
}
