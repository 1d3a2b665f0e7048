import { afterEach, beforeEach, expect, test } from 'vitest';
import { githubTracker } from '../../../src/ci/issues/github.ts';
import { keepIssue } from '../../../src/ci/issues/tracker.ts';
import type { IssueReport } from '../../../src/core/check/issue-report.ts';
import { Secret } from '../../../src/core/secret.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { createHttp } from '../../../src/system/http.ts';

const report: IssueReport = {
  key: 'main',
  title: 'one fails',
  body: 'text @ada',
  isProblem: true,
  contacts: ['@ada', 'eve@example.com', 'nobody'],
};
const http = createHttp({ env: {} });
let forge: Forge;
beforeEach(async () => {
  forge = await startForge({
    users: ['ada', 'mallory'],
    repositories: [{ name: 'acme/ops' }],
    tokens: [
      { token: 'canary-bot', user: 'robot', repositories: ['acme/ops'] },
      { token: 'canary-mallory', user: 'mallory', repositories: ['acme/ops'] },
    ],
  });
});
afterEach(() => forge.close());

const trackerOf = (token = 'canary-bot') =>
  githubTracker({
    repository: 'acme/ops',
    apiUrl: forge.apiUrl,
    token: new Secret(token),
    fetch: http.fetch,
  });
const issues = () =>
  forge.state.issues.map(({ number, state, title, assignees }) => ({
    number,
    state,
    title,
    to: assignees.map(({ login }) => login),
  }));

test('one issue is opened, edited, closed, and opened again', async () => {
  const tracker = await trackerOf();
  const well = { ...report, title: 'everything works', isProblem: false };
  const outcomes: string[] = [];
  for (const next of [
    report,
    { ...report, title: 'two fail' },
    { ...report, title: 'two fail' },
    well,
    report,
  ])
    outcomes.push(await keepIssue(tracker, next));
  expect(outcomes).toEqual(['opened', 'edited', 'unchanged', 'closed', 'reopened']);
  expect(issues()).toEqual([{ number: 1, state: 'open', title: 'one fails', to: ['ada'] }]);
});

test('each key has an issue of its own', async () => {
  const tracker = await trackerOf();
  await keepIssue(tracker, report);
  await keepIssue(tracker, { ...report, key: 'main2' });
  expect(issues()).toHaveLength(2);
});

test("rule 28: an issue of somebody else's is never touched, whatever it says", async () => {
  await keepIssue(await trackerOf('canary-mallory'), { ...report, title: 'trap' });
  expect(await keepIssue(await trackerOf(), report)).toBe('opened');
  expect(issues().map(({ title, state }) => [title, state])).toEqual([
    ['trap', 'open'],
    ['one fails', 'open'],
  ]);
});

test('an issue among many others is found again', async () => {
  const tracker = await trackerOf();
  await keepIssue(tracker, report);
  for (let count = 0; count < 120; count++)
    await tracker.open({ title: `other ${count}`, body: 'no marker' });
  expect(await keepIssue(tracker, { ...report, title: 'two fail' })).toBe('edited');
});

test('an installation token keeps issues as its bot', async () => {
  const app = await forge.addApp({ slug: 'pipelines', installations: [{ account: 'acme' }] });
  const installation = forge.state.installations.find((one) => one.app === app);
  const { mint } = await import('../../../src/demo/forge/mint.ts');
  const minted = installation === undefined ? null : mint(forge.state, installation, {});
  const token = minted !== null && 'token' in minted ? minted.token : '';
  await keepIssue(await trackerOf(token), report);
  expect(forge.state.issues[0]?.author.login).toBe('pipelines[bot]');
});
