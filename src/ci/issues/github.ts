import { getOctokit } from '@actions/github';
import { userNames } from '../../core/check/issue-report.ts';
import type { Fetch } from '../../core/http/fetch.ts';
import type { Secret } from '../../core/secret.ts';
import type { IssueTracker, TrackedIssue } from './tracker.ts';

/** Where the issues are, and as whom they are looked after. */
export interface GithubPlace {
  /** `acme/pipelines` */
  readonly repository: string;
  /** The server's own, as the runner tells it (security rule 9). */
  readonly apiUrl: string;
  readonly token: Secret;
  readonly fetch: Fetch;
}

/** Pages of a hundred issues that are looked through, the newest changes first. */
const mostPages = 5;

/** GitHub's issues; also those of Gitea, whose API lacks the identity query and so finds none. */
export async function githubTracker({
  repository,
  apiUrl,
  token,
  fetch,
}: GithubPlace): Promise<IssueTracker> {
  const octokit = getOctokit(token.reveal(), { baseUrl: apiUrl, request: { fetch } });
  const [owner = '', repo = ''] = repository.split('/');
  const { viewer } = await octokit.graphql<{ viewer: { login: string } }>('query { viewer { login } }');
  const { issues } = octokit.rest;
  return {
    hide: (marker) => marker,
    find: async (marker) => {
      const found: TrackedIssue[] = [];
      for (let page = 1; page <= mostPages; page++) {
        const list = {
          owner,
          repo,
          creator: viewer.login,
          state: 'all',
          sort: 'updated',
          per_page: 100,
          page,
        } as const;
        const { data } = await issues.listForRepo(list);
        const ours = data.filter(
          ({ user, body, pull_request }) =>
            user?.login === viewer.login && body?.includes(marker) === true && pull_request === undefined,
        );
        found.push(...ours.map(tracked));
        if (data.length < 100) break;
      }
      return found;
    },
    open: async (text) => tracked((await issues.create({ owner, repo, ...text })).data),
    change: async ({ number }, { isOpen, title, body }) => {
      const state = isOpen ? 'open' : 'closed';
      await issues.update({ owner, repo, issue_number: number, title, body, state });
    },
    assign: async ({ number }, contacts) => {
      const able = await Promise.all(
        userNames(contacts).map(async (assignee) => {
          const check = issues.checkUserCanBeAssigned({ owner, repo, assignee });
          return (await check.then(() => true).catch(() => false)) ? [assignee] : [];
        }),
      );
      const assignees = able.flat();
      if (assignees.length > 0) await issues.addAssignees({ owner, repo, issue_number: number, assignees });
    },
  };
}

function tracked(issue: {
  number: number;
  state: string;
  title: string;
  body?: string | null | undefined;
}): TrackedIssue {
  return { number: issue.number, isOpen: issue.state === 'open', title: issue.title, body: issue.body ?? '' };
}
