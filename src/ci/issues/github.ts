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
    find: (marker) => ownIssues({ octokit, owner, repo, creator: viewer.login }, marker),
    open: async (text) => tracked((await issues.create({ owner, repo, ...text })).data),
    change: async ({ number }, { isOpen, title, body }) => {
      const state = isOpen ? 'open' : 'closed';
      await issues.update({ owner, repo, issue_number: number, title, body, state });
    },
    assign: async ({ number }, contacts) => {
      const assignees = await assignable({ octokit, owner, repo }, userNames(contacts));
      if (assignees.length > 0) await issues.addAssignees({ owner, repo, issue_number: number, assignees });
    },
  };
}

interface Place {
  readonly octokit: ReturnType<typeof getOctokit>;
  readonly owner: string;
  readonly repo: string;
}

async function ownIssues(
  { octokit, owner, repo, creator }: Place & { readonly creator: string },
  marker: string,
): Promise<readonly TrackedIssue[]> {
  const list = { owner, repo, creator, state: 'all', sort: 'updated', per_page: 100 } as const;
  const found: TrackedIssue[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const { data } = await octokit.rest.issues.listForRepo({ ...list, page });
    const ours = data.filter(
      ({ user, body, pull_request }) =>
        user?.login === creator && body?.includes(marker) === true && pull_request === undefined,
    );
    found.push(...ours.map(tracked));
    if (data.length < 100) break;
  }
  return found;
}

/** Those that GitHub lets be assigned there. */
async function assignable({ octokit, owner, repo }: Place, names: readonly string[]): Promise<string[]> {
  const { issues } = octokit.rest;
  const asked = names.map(async (assignee) => {
    const check = issues.checkUserCanBeAssigned({ owner, repo, assignee });
    return (await check.then(() => true).catch(() => false)) ? [assignee] : [];
  });
  return (await Promise.all(asked)).flat();
}

function tracked(issue: {
  number: number;
  state: string;
  title: string;
  body?: string | null | undefined;
}): TrackedIssue {
  return { number: issue.number, isOpen: issue.state === 'open', title: issue.title, body: issue.body ?? '' };
}
