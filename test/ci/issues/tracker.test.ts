import { expect, test } from 'vitest';
import { type IssueTracker, keepIssue, type TrackedIssue } from '../../../src/ci/issues/tracker.ts';
import type { IssueReport } from '../../../src/core/check/issue-report.ts';

const report: IssueReport = {
  key: 'main',
  title: 'two fail',
  body: 'text',
  isProblem: true,
  contacts: ['@ada'],
};
const well: IssueReport = { ...report, title: 'everything works', isProblem: false, contacts: [] };
const whole = (title: string) => ({ title, body: 'text\n<!-- pipeline-credentials check main -->\n' });
const issue = (number: number, isOpen: boolean, title = 'old'): TrackedIssue => ({
  number,
  isOpen,
  ...whole(title),
});

/** A host that holds these issues, and a list of what was done to them. */
function host(...issues: TrackedIssue[]) {
  const done: string[] = [];
  const tracker: IssueTracker = {
    hide: (marker) => marker,
    find: async () => issues,
    open: async ({ title }) => {
      done.push(`open ${title}`);
      return issue(9, true, title);
    },
    change: async ({ number }, { isOpen, title }) =>
      void done.push(`${number} ${isOpen ? 'open' : 'closed'} ${title}`),
    assign: async ({ number }, contacts) => void done.push(`${number} to ${contacts}`),
  };
  return { tracker, done };
}

test.each([
  ['none yet', report, [], 'opened', ['open two fail', '9 to @ada']],
  ['none needed', well, [], 'none', []],
  ['one that says something else', report, [issue(3, true)], 'edited', ['3 open two fail', '3 to @ada']],
  ['one that says the same', report, [issue(3, true, 'two fail')], 'unchanged', []],
  ['one that is closed', report, [issue(3, false)], 'reopened', ['3 open two fail', '3 to @ada']],
  ['one, and all is well', well, [issue(3, true)], 'closed', ['3 closed everything works']],
  ['one that is closed, and all is well', well, [issue(3, false)], 'none', []],
  [
    'several of runs that met: the oldest open one stays',
    report,
    [issue(2, false), issue(7, true), issue(5, true)],
    'edited',
    ['7 closed old', '5 open two fail', '5 to @ada'],
  ],
] as const)('%s', async (_what, wanted, issues, outcome, expected) => {
  const { tracker, done } = host(...issues);
  expect(await keepIssue(tracker, wanted)).toBe(outcome);
  expect(done).toEqual(expected);
});

test('other line ends are no change', async () => {
  const stored = { ...issue(3, true, 'two fail'), body: whole('').body.replaceAll('\n', '\r\n').trimEnd() };
  const { tracker } = host(stored);
  expect(await keepIssue(tracker, report)).toBe('unchanged');
});
