import type { IssueTracker } from '../ci/issues/tracker.ts';
import type { PublicView } from '../core/check/public-view.ts';
import { Failure } from '../core/failure.ts';
import type { Fetch } from '../core/http/fetch.ts';
import { Secret } from '../core/secret.ts';
import { issueReport } from '../report/check/issue.ts';
import type { Shell } from './verb.ts';

interface Around {
  readonly shell: Shell;
  readonly fetch: Fetch;
}

/** Keeps the issue of the job's own repository; one that cannot be kept is a warning, the result stands without it. */
export async function keepOwnIssue(view: PublicView, key: string, { shell, fetch }: Around): Promise<void> {
  const { voice } = shell.ci;
  const token = shell.env.PIPELINE_CREDENTIALS_ISSUE_TOKEN ?? '';
  if (token === '') {
    voice.notice('No issue is kept: the variable PIPELINE_CREDENTIALS_ISSUE_TOKEN holds no token.');
    return;
  }
  const secret = new Secret(token);
  voice.mask([secret]);
  try {
    const tracker = await trackerOf(shell, secret, fetch);
    const { keepIssue } = await import('../ci/issues/tracker.ts');
    voice.info(`The issue of this check: ${await keepIssue(tracker, issueReport(view, key))}.`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    voice.warning(`The issue could not be kept: ${error.message} ${error.hint}`);
  }
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}

/** Whoever starts a pipeline may set any variable: the API must be where the job's repository is. */
function isOwnApi(api: string | undefined, repository: string | null): api is string {
  return repository !== null && api !== undefined && originOf(api) === originOf(repository);
}

/** By the CI's own variables, for the job's own repository (security rule 9). */
async function trackerOf({ env, ci }: Shell, token: Secret, fetch: Fetch): Promise<IssueTracker> {
  if (ci.job.ci === 'gitlab' && env.CI_PROJECT_ID && isOwnApi(env.CI_API_V4_URL, ci.job.repository)) {
    const { gitlabTracker } = await import('../ci/issues/gitlab.ts');
    return gitlabTracker({ apiUrl: env.CI_API_V4_URL, project: env.CI_PROJECT_ID, token, fetch });
  }
  if (ci.job.ci === 'bitbucket' && env.BITBUCKET_REPO_FULL_NAME) {
    const { bitbucketTracker } = await import('../ci/issues/bitbucket.ts');
    const email = env.PIPELINE_CREDENTIALS_ISSUE_EMAIL || null;
    const place = { apiUrl: 'https://api.bitbucket.org/2.0', repository: env.BITBUCKET_REPO_FULL_NAME };
    return bitbucketTracker({ ...place, token, email, fetch });
  }
  throw new Failure('usage', 'Only a job of GitLab or Bitbucket has a repository to keep it in.', {
    hint: 'On GitHub use the action `check`, which has the input `report-issue`.',
  });
}
