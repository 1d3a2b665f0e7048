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

/**
 * The job that these variables describe. Two CI systems at once, one started inside the other, count as none; but that
 * must not make a checkout trusted, since one variable is enough for it (security rule 1).
 */
export function readJob(env: Env, readText: ReadText): Job {
  const readers = [
    { is: isGithub, read: githubJob },
    { is: isGitlab, read: gitlabJob },
    { is: isBitbucket, read: bitbucketJob },
  ].filter(({ is }) => is(env));
  const [only, ...others] = readers.map(({ read }) => read(env, readText));
  if (only === undefined || others.length === 0) return only ?? outside;
  return nested([only, ...others]);
}

function nested(jobs: readonly Job[]): Job {
  return {
    ...outside,
    workspace: commonFolder(jobs.flatMap(({ workspace }) => workspace ?? [])),
    foreignEvent: jobs.map((job) => job.foreignEvent).find((event) => event !== null) ?? null,
    isPublic: jobs.some((job) => job.isPublic),
  };
}

/** The inner CI works below the workspace of the outer one, or both in the same. */
function commonFolder([first, ...others]: readonly string[]): string | null {
  if (first === undefined) return null;
  const isCommon = (folder: string) => others.every((other) => `${other}/`.startsWith(`${folder}/`));
  let folder = first;
  while (folder !== '' && !isCommon(folder)) folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0));
  return folder === '' ? '/' : folder;
}
