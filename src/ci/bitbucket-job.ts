// https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
import type { Env } from '../core/env.ts';
import type { Job } from './job.ts';

export function isBitbucket(env: Env): boolean {
  return env.BITBUCKET_BUILD_NUMBER !== undefined && env.BITBUCKET_REPO_FULL_NAME !== undefined;
}

/** Bitbucket signs a step in to its own repository through a proxy of its own: there is no token to keep. */
export function bitbucketJob(env: Env): Job {
  return {
    ci: 'bitbucket',
    id: [env.BITBUCKET_REPO_FULL_NAME, env.BITBUCKET_BUILD_NUMBER, env.BITBUCKET_STEP_UUID].join('/'),
    workspace: env.BITBUCKET_CLONE_DIR || null,
    temporaryFolder: null,
    repository: `https://bitbucket.org/${env.BITBUCKET_REPO_FULL_NAME}`,
    foreignEvent: null,
    token: null,
    withheld: env.BITBUCKET_DEPLOYMENT_ENVIRONMENT
      ? null
      : 'A variable of a deployment reaches only a step that says `deployment:`; one of the repository or workspace reaches every step.',
    isPublic: env.BITBUCKET_REPO_IS_PRIVATE !== 'true',
  };
}
