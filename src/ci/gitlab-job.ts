// https://docs.gitlab.com/ci/variables/predefined_variables/

import type { Env } from '../core/env.ts';
import { Secret } from '../core/secret.ts';
import type { Job, JobToken } from './job.ts';

/** gitlab-ci-local, which runs jobs on a laptop, sets `GITLAB_CI=false` beside all the others. */
export function isGitlab(env: Env): boolean {
  return env.GITLAB_CI === 'true' || (env.GITLAB_CI === 'false' && env.CI_JOB_ID !== undefined);
}

/** Sessions live in the container's own temp folder: `/builds` outlives killed jobs. */
export function gitlabJob(env: Env): Job {
  const repository = ownRepository(env);
  return {
    ci: 'gitlab',
    id: [env.CI_SERVER_HOST, env.CI_JOB_ID].join('/'),
    workspace: env.CI_PROJECT_DIR || null,
    temporaryFolder: null,
    repository,
    foreignEvent: null,
    token: repository === null ? null : jobToken(env),
    withheld: withheld(env),
    isPublic: !['private', 'internal'].includes(env.CI_PROJECT_VISIBILITY ?? ''),
  };
}

/** Whoever starts a pipeline may set any variable: the job's own host must be the server's (security rule 9). */
function ownRepository({ CI_PROJECT_URL: project, CI_SERVER_URL: server }: Env): string | null {
  return project && (!server || project.startsWith(`${server}/`)) ? project : null;
}

/** https://docs.gitlab.com/ci/jobs/ci_job_token/ : good for as long as the job runs. */
function jobToken({ CI_JOB_TOKEN: token, CI_REGISTRY_IMAGE: registry }: Env): JobToken | null {
  return token
    ? { username: 'gitlab-ci-token', password: new Secret(token), registry: registry || null }
    : null;
}

function withheld(env: Env): string | null {
  const { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source, CI_MERGE_REQUEST_PROJECT_ID: own } = env;
  if (source !== own)
    return 'A merge request from a fork runs with the variables of the fork: let a member start its pipeline in this project, or say that no manifest is required.';
  if (env.CI_COMMIT_REF_PROTECTED === 'true') return null;
  return 'This branch or tag is not protected, and gets no variable that is: protect it, or clear the variable\'s flag "Protect variable".';
}
