import { userNames } from '../../core/check/issue-report.ts';
import type { Fetch } from '../../core/http/fetch.ts';
import { type JsonObject, objectOf, objectsOf } from '../../core/json.ts';
import type { Secret } from '../../core/secret.ts';
import { type Api, askApi } from './request.ts';
import type { IssueTracker, TrackedIssue } from './tracker.ts';

export interface GitlabPlace {
  /** `CI_API_V4_URL`, the job's own server. */
  readonly apiUrl: string;
  /** `CI_PROJECT_ID`, or the project's path. */
  readonly project: string;
  /** With the scope `api`; the job token may not touch issues. */
  readonly token: Secret;
  readonly fetch: Fetch;
}

/** GitLab's issues. https://docs.gitlab.com/api/issues/ */
export async function gitlabTracker({ apiUrl, project, token, fetch }: GitlabPlace): Promise<IssueTracker> {
  const api: Api = { url: apiUrl, headers: { 'private-token': token.reveal() }, fetch };
  const path = `/projects/${encodeURIComponent(project)}/issues`;
  const { id: self } = objectOf(await askApi(api, 'GET /user'));
  return {
    hide: (marker) => marker,
    find: async (marker) => {
      const query = new URLSearchParams({
        author_id: String(self),
        search: 'pipeline-credentials check',
        in: 'description',
        per_page: '100',
      });
      const list = objectsOf(await askApi(api, `GET ${path}?${query}`));
      return list.filter((one) => isOurs(one, self) && String(one.description).includes(marker)).map(tracked);
    },
    open: async ({ title, body }) =>
      tracked(objectOf(await askApi(api, `POST ${path}`, { title, description: body }))),
    change: async ({ number, isOpen: wasOpen }, { title, body, isOpen }) => {
      const event = isOpen === wasOpen ? {} : { state_event: isOpen ? 'reopen' : 'close' };
      await askApi(api, `PUT ${path}/${number}`, { title, description: body, ...event });
    },
    assign: async ({ number }, contacts) => {
      const users = await Promise.all(
        userNames(contacts).map((name) => askApi(api, `GET /users?username=${encodeURIComponent(name)}`)),
      );
      const ids = users.flatMap((found) => objectsOf(found).slice(0, 1)).map(({ id }) => id);
      if (ids.length > 0) await askApi(api, `PUT ${path}/${number}`, { assignee_ids: ids });
    },
  };
}

function isOurs({ author }: JsonObject, self: unknown): boolean {
  return objectOf(author).id === self;
}

function tracked({ iid, state, title, description }: JsonObject): TrackedIssue {
  return {
    number: Number(iid),
    isOpen: state === 'opened',
    title: String(title),
    body: String(description ?? ''),
  };
}
