import type { Env } from '../core/env.ts';
import { bitbucketJob, isBitbucket } from './bitbucket-job.ts';
import { githubJob, isGithub } from './github-job.ts';
import { gitlabJob, isGitlab } from './gitlab-job.ts';
import type { Job, ReadText } from './job.ts';

const outside: Job = {
  ci: 'none',
  id: null,
  workspace: null,
  temporaryFolder: null,
  repository: null,
  foreignEvent: null,
  token: null,
  withheld: null,
  isPublic: false,
};

/** The job that these variables describe; two CI systems at once (one started inside another) count as none. */
export function readJob(env: Env, readText: ReadText): Job {
  const readers = [
    { is: isGithub, read: githubJob },
    { is: isGitlab, read: gitlabJob },
    { is: isBitbucket, read: bitbucketJob },
  ].filter(({ is }) => is(env));
  const [only] = readers;
  return readers.length === 1 && only !== undefined ? only.read(env, readText) : outside;
}
