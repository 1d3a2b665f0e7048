import { expect, test } from 'vitest';
import { bitbucketTracker } from '../../../src/ci/issues/bitbucket.ts';
import { keepIssue } from '../../../src/ci/issues/tracker.ts';
import type { IssueReport } from '../../../src/core/check/issue-report.ts';
import { Secret } from '../../../src/core/secret.ts';
import { type HostRequest, startHosts } from '../../fakes/hosts/hosts.ts';

interface FakeIssue {
  id: number;
  state: string;
  title: string;
  content: { raw: string };
  reporter: { uuid: string };
}

/** Bitbucket's issues in small, of a workspace that has them. */
function fakeIssues(issues: FakeIssue[]) {
  return ({ method, url, basic, body }: HostRequest) => {
    if (basic?.[0] !== 'ada@example.com' || basic[1] !== 'canary-token') return { status: 401, body: {} };
    if (url.pathname === '/2.0/user') return { status: 200, body: { uuid: '{42}' } };
    if (!url.pathname.startsWith('/2.0/repositories/acme/ops/issues')) return null;
    const given = body === '' ? {} : JSON.parse(body);
    if (method === 'GET') return { status: 200, body: { values: issues } };
    if (method === 'POST')
      issues.push({ id: issues.length + 1, state: 'new', reporter: { uuid: '{42}' }, ...given });
    const found = issues.find(({ id }) => url.pathname.endsWith(`/${id}`)) ?? issues.at(-1);
    Object.assign(found ?? {}, given);
    return { status: method === 'POST' ? 201 : 200, body: found };
  };
}

const report: IssueReport = { key: 'main', title: 'one fails', body: 'text', isProblem: true, contacts: [] };
const place = {
  apiUrl: 'https://api.bitbucket.org/2.0',
  repository: 'acme/ops',
  token: new Secret('canary-token'),
  email: 'ada@example.com',
};

test('one issue of our own is opened, edited, closed and opened again', async () => {
  const trap = {
    id: 1,
    state: 'new',
    title: 'trap',
    content: { raw: '[//]: # "pipeline-credentials check main"' },
    reporter: { uuid: '{1}' },
  };
  const issues: FakeIssue[] = [trap];
  await using hosts = await startHosts(fakeIssues(issues));
  const tracker = await bitbucketTracker({ ...place, fetch: hosts.fetch });
  const outcomes: string[] = [];
  for (const next of [report, { ...report, title: 'two fail' }, { ...report, isProblem: false }, report])
    outcomes.push(await keepIssue(tracker, next));
  expect(outcomes).toEqual(['opened', 'edited', 'closed', 'reopened']);
  expect(issues.map(({ title, state }) => [title, state])).toEqual([
    ['trap', 'new'],
    ['one fails', 'open'],
  ]);
  expect(issues[1]?.content.raw).toBe('text\n[//]: # "pipeline-credentials check main"\n');
});

test('a repository without issues is told so', async () => {
  await using hosts = await startHosts(fakeIssues([]));
  const tracker = await bitbucketTracker({ ...place, repository: 'acme/other', fetch: hosts.fetch });
  await expect(keepIssue(tracker, report)).rejects.toMatchObject({
    message: 'api.bitbucket.org answered 404 when asked for issues.',
    hint: expect.stringContaining('has issues'),
  });
});
