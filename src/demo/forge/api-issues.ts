import type { components } from '@octokit/openapi-types';
import type { Answer } from '../answer.ts';
import { nodeId, type Origin, simpleUser } from './account-shape.ts';
import { loginOf } from './api-graphql.ts';
import { type ApiRequest, error, page, type Route } from './api-request.ts';
import { levelOf } from './caller.ts';
import { type Account, addAccount, findRepository, type Issue, type Repository } from './state.ts';

/** Issues of a repository, as far as a program needs them that keeps one. */
export const issueRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:name/issues', answer: (asked) => inRepository(asked, list) },
  { method: 'POST', path: '/repos/:owner/:name/issues', answer: (asked) => inRepository(asked, open) },
  {
    method: 'PATCH',
    path: '/repos/:owner/:name/issues/:number',
    answer: (asked) => inRepository(asked, change),
  },
  {
    method: 'GET',
    path: '/repos/:owner/:name/assignees/:login',
    answer: (asked) => inRepository(asked, isAssignee),
  },
  {
    method: 'POST',
    path: '/repos/:owner/:name/issues/:number/assignees',
    answer: (asked) => inRepository(asked, assign),
  },
];

const notFound = error(404, 'Not Found');
const epoch = '2026-01-01T00:00:00Z';

function inRepository(
  asked: ApiRequest,
  answer: (asked: ApiRequest, repository: Repository) => Answer,
): Answer {
  const [owner = '', name = ''] = asked.params;
  const found = findRepository(asked.state, owner, name);
  return found === undefined || levelOf(asked.caller, found) === 'none' ? notFound : answer(asked, found);
}

function list(asked: ApiRequest, repository: Repository): Answer {
  const wanted = asked.query.get('state') ?? 'open';
  const creator = asked.query.get('creator');
  const found = asked.state.issues
    .filter((issue) => issue.repository === repository)
    .filter(({ state }) => wanted === 'all' || state === wanted)
    .filter(({ author }) => creator === null || author.login.toLowerCase() === creator.toLowerCase());
  const { items, headers } = page(asked, found.toReversed());
  return { status: 200, headers, body: items.map((one) => shape(asked.origin, one)) };
}

function open({ state, origin, caller, body }: ApiRequest, repository: Repository): Answer {
  const login = loginOf(caller);
  if (login === null) return error(401, 'Requires authentication');
  const issue: Issue = {
    id: state.nextId(),
    number: state.issues.filter((one) => one.repository === repository).length + 1,
    repository,
    author: addAccount(state, login, login.endsWith('[bot]') ? 'Bot' : 'User'),
    title: String(body.title ?? ''),
    body: String(body.body ?? ''),
    state: 'open',
    assignees: [],
  };
  state.issues.push(issue);
  return { status: 201, body: shape(origin, issue) };
}

function numbered({ state, params }: ApiRequest, repository: Repository): Issue | undefined {
  return state.issues.find((one) => one.repository === repository && String(one.number) === params[2]);
}

function change(asked: ApiRequest, repository: Repository): Answer {
  const issue = numbered(asked, repository);
  if (issue === undefined) return notFound;
  const { title, body, state } = asked.body;
  if (typeof title === 'string') issue.title = title;
  if (typeof body === 'string') issue.body = body;
  if (state === 'open' || state === 'closed') issue.state = state;
  return { status: 200, body: shape(asked.origin, issue) };
}

/** Whoever is a user here may be given issues. */
function assignable({ state }: ApiRequest, login: unknown): Account | undefined {
  const found = state.accounts.get(String(login).toLowerCase());
  return found?.type === 'User' ? found : undefined;
}

function isAssignee(asked: ApiRequest): Answer {
  return assignable(asked, asked.params[2]) === undefined ? notFound : { status: 204 };
}

function assign(asked: ApiRequest, repository: Repository): Answer {
  const issue = numbered(asked, repository);
  if (issue === undefined) return notFound;
  const logins = Array.isArray(asked.body.assignees) ? asked.body.assignees : [];
  const added = logins.flatMap((login) => assignable(asked, login) ?? []);
  issue.assignees = [...new Set([...issue.assignees, ...added])];
  return { status: 201, body: shape(asked.origin, issue) };
}

function shape(origin: Origin, { id, number, repository, ...issue }: Issue): components['schemas']['issue'] {
  const api = `${origin}/api/v3/repos/${repository.fullName}`;
  const url = `${api}/issues/${number}`;
  const assignees = issue.assignees.map((account) => simpleUser(origin, account));
  return {
    id,
    number,
    node_id: nodeId('Issue', id),
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${origin}/${repository.fullName}/issues/${number}`,
    state: issue.state,
    state_reason: issue.state === 'closed' ? 'completed' : null,
    title: issue.title,
    body: issue.body,
    user: simpleUser(origin, issue.author),
    labels: [],
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    locked: false,
    comments: 0,
    closed_at: issue.state === 'closed' ? epoch : null,
    created_at: epoch,
    updated_at: epoch,
    author_association: 'NONE',
  };
}
