import type { Fetch } from '../../core/http/fetch.ts';
import { type JsonObject, objectOf, objectsOf } from '../../core/json.ts';
import { basicHeader } from '../../core/login.ts';
import type { Secret } from '../../core/secret.ts';
import { type Api, askApi } from './request.ts';
import type { IssueTracker, TrackedIssue } from './tracker.ts';

export interface BitbucketPlace {
  readonly apiUrl: string;
  /** `acme/pipelines` */
  readonly repository: string;
  /** An API token goes with its e-mail, an access token alone. */
  readonly token: Secret;
  readonly email: string | null;
  readonly fetch: Fetch;
}

/**
 * The issues of Bitbucket Cloud, where a repository has them: newer workspaces have none.
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-issue-tracker/
 */
export async function bitbucketTracker({
  apiUrl,
  repository,
  token,
  email,
  fetch,
}: BitbucketPlace): Promise<IssueTracker> {
  const authorization =
    email === null ? `Bearer ${token.reveal()}` : basicHeader({ username: email, password: token }).reveal();
  const api: Api = { url: apiUrl, headers: { authorization }, fetch };
  const path = `/repositories/${repository}/issues`;
  const { uuid: self } = objectOf(await askApi(api, 'GET /user'));
  return {
    // Its Markdown shows HTML comments, and hides a link's definition.
    hide: (marker) => `[//]: # "${marker.replace(/^<!-- | -->$/g, '')}"`,
    find: async (marker) => {
      const query = new URLSearchParams({
        q: `reporter.uuid="${self}"`,
        sort: '-updated_on',
        pagelen: '100',
      });
      const { values } = objectOf(await askApi(api, `GET ${path}?${query}`));
      return objectsOf(values)
        .filter(({ reporter }) => objectOf(reporter).uuid === self)
        .map(tracked)
        .filter(({ body }) => body.includes(marker));
    },
    open: async ({ title, body }) =>
      tracked(objectOf(await askApi(api, `POST ${path}`, { title, content: { raw: body } }))),
    change: async ({ number }, { title, body, isOpen }) => {
      const state = isOpen ? 'open' : 'resolved';
      await askApi(api, `PUT ${path}/${number}`, { title, content: { raw: body }, state });
    },
    // Bitbucket knows its users by no name that a manifest could have.
    assign: async () => {},
  };
}

function tracked({ id, state, title, content }: JsonObject): TrackedIssue {
  const { raw } = objectOf(content);
  return {
    number: Number(id),
    isOpen: state === 'new' || state === 'open',
    title: String(title),
    body: typeof raw === 'string' ? raw : '',
  };
}
