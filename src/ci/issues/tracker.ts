import { type IssueOutcome, type IssueReport, markerOf } from '../../core/check/issue-report.ts';

/** An issue that our own token wrote and that bears the marker. */
export interface TrackedIssue {
  readonly number: number;
  readonly isOpen: boolean;
  readonly title: string;
  readonly body: string;
}

export interface IssueText {
  readonly title: string;
  readonly body: string;
}

/** The issues of one repository, as one host has them. */
export interface IssueTracker {
  /** How the host's Markdown hides a line; `<!-- -->` where it knows comments. */
  readonly hide: (marker: string) => string;
  /** Issues with the marker whose author is our own token's identity (security rule 28), in any order. */
  readonly find: (marker: string) => Promise<readonly TrackedIssue[]>;
  readonly open: (text: IssueText) => Promise<TrackedIssue>;
  /** Changes text and state at once. */
  readonly change: (issue: TrackedIssue, to: IssueText & { readonly isOpen: boolean }) => Promise<void>;
  /** Gives the issue to those of the contacts that are users there; what cannot be assigned is left out. */
  readonly assign: (issue: TrackedIssue, contacts: readonly string[]) => Promise<void>;
}

/**
 * Keeps exactly one issue for a key: opened or opened again while there is a problem, edited when things change, closed
 * when all is well. Others with the same marker, from runs that met, are closed.
 */
export async function keepIssue(tracker: IssueTracker, report: IssueReport): Promise<IssueOutcome> {
  const marker = tracker.hide(markerOf(report.key));
  const text = { title: report.title, body: `${report.body}\n${marker}\n` };
  const found = [...(await tracker.find(marker))].sort(openAndOldestFirst);
  const [issue, ...others] = found;
  for (const other of others.filter(({ isOpen }) => isOpen))
    await tracker.change(other, { ...other, isOpen: false });
  if (issue === undefined) return report.isProblem ? begin(tracker, text, report) : 'none';
  if (!report.isProblem && !issue.isOpen) return 'none';
  const isSame =
    issue.isOpen === report.isProblem && issue.title === text.title && sameText(issue.body, text.body);
  if (isSame) return 'unchanged';
  await tracker.change(issue, { ...text, isOpen: report.isProblem });
  if (report.isProblem) await tracker.assign(issue, report.contacts);
  return report.isProblem ? (issue.isOpen ? 'edited' : 'reopened') : 'closed';
}

async function begin(tracker: IssueTracker, text: IssueText, report: IssueReport): Promise<IssueOutcome> {
  await tracker.assign(await tracker.open(text), report.contacts);
  return 'opened';
}

function openAndOldestFirst(a: TrackedIssue, b: TrackedIssue): number {
  return Number(b.isOpen) - Number(a.isOpen) || a.number - b.number;
}

/** Hosts store other line ends, and no spaces at the end. */
function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trim() === b.replaceAll('\r\n', '\n').trim();
}
