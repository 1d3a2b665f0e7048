import { expect, test } from 'vitest';
import { gitlabTracker } from '../../../src/ci/issues/gitlab.ts';
import { keepIssue } from '../../../src/ci/issues/tracker.ts';
import type { IssueReport } from '../../../src/core/check/issue-report.ts';
import { Secret } from '../../../src/core/secret.ts';
import { type HostRequest, startHosts } from '../../fakes/hosts/hosts.ts';

interface FakeIssue {
  iid: number;
  state: 'opened' | 'closed';
  title: string;
  description: string;
  author: { id: number };
  assignee_ids?: number[];
}

/** GitLab's issues in small: list, create, change; user 42 is the token's, `ada` is 7. */
function fakeIssues(issues: FakeIssue[]) {
  return ({ method, url, headers, body }: HostRequest) => {
    if (headers['private-token'] !== 'canary-token')
      return { status: 401, body: { message: '401 Unauthorized' } };
    const path = url.pathname.replace('/api/v4', '');
    if (path === '/user') return { status: 200, body: { id: 42, username: 'project_1_bot' } };
    if (path === '/users')
      return { status: 200, body: url.searchParams.get('username') === 'ada' ? [{ id: 7 }] : [] };
    if (!path.startsWith('/projects/lab%2Fops/issues')) return null;
    const given = body === '' ? {} : JSON.parse(body);
    if (method === 'GET') {
      const author = Number(url.searchParams.get('author_id'));
      return { status: 200, body: issues.filter((one) => one.author.id === author || author === 0) };
    }
    if (method === 'POST')
      issues.push({ iid: issues.length + 1, state: 'opened', author: { id: 42 }, ...given });
    const found = issues.find(({ iid }) => path.endsWith(`/${iid}`)) ?? issues.at(-1);
    if (found === undefined) return null;
    const { state_event: event, ...change } = given;
    const state = event === 'close' ? 'closed' : event === 'reopen' ? 'opened' : found.state;
    Object.assign(found, change, { state });
    return { status: method === 'POST' ? 201 : 200, body: found };
  };
}

const report: IssueReport = {
  key: 'main',
  title: 'one fails',
  body: 'text',
  isProblem: true,
  contacts: ['@ada', 'nobody'],
};

test('one issue of our own is opened, edited, closed and opened again', async () => {
  const issues: FakeIssue[] = [
    {
      iid: 1,
      state: 'opened',
      title: 'trap',
      description: '<!-- pipeline-credentials check main -->',
      author: { id: 1 },
    },
  ];
  await using hosts = await startHosts(fakeIssues(issues));
  const place = {
    apiUrl: 'https://gitlab.example.com/api/v4',
    project: 'lab/ops',
    token: new Secret('canary-token'),
  };
  const tracker = await gitlabTracker({ ...place, fetch: hosts.fetch });
  const outcomes: string[] = [];
  for (const next of [
    report,
    { ...report, title: 'two fail' },
    { ...report, title: 'two fail' },
    { ...report, isProblem: false },
    report,
  ])
    outcomes.push(await keepIssue(tracker, next));
  expect(outcomes).toEqual(['opened', 'edited', 'unchanged', 'closed', 'reopened']);
  expect(issues).toMatchObject([
    { title: 'trap', state: 'opened' },
    { title: 'one fails', state: 'opened', assignee_ids: [7] },
  ]);
});

test('a token that may not is told by its status, and never shown', async () => {
  await using hosts = await startHosts(fakeIssues([]));
  const place = {
    apiUrl: 'https://gitlab.example.com/api/v4',
    project: 'lab/ops',
    token: new Secret('canary-wrong'),
  };
  await expect(gitlabTracker({ ...place, fetch: hosts.fetch })).rejects.toMatchObject({
    code: 'unreachable',
    message: 'gitlab.example.com answered 401 when asked for issues.',
  });
});
