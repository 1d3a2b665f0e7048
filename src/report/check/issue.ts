import type { IssueReport } from '../../core/check/issue-report.ts';
import type { PublicView } from '../../core/check/public-view.ts';
import { isProblem } from '../../core/check/verdict.ts';
import { headline } from './headline.ts';
import { checkSummary } from './summary.ts';

/** An issue's body holds 65,536 characters; the marker needs some of them. */
const longest = 60_000;

/** The result as an issue: as many rows as fit. */
export function issueReport(view: PublicView, key: string): IssueReport {
  const problems = [...view.result.credentials.filter(isProblem)];
  const bodies = [200, 100, 50, 20, 5].map((rows) => checkSummary(view, rows));
  const body = bodies.find((text) => text.length <= longest) ?? (bodies.at(-1) ?? '').slice(0, longest);
  return {
    key,
    title: `Pipeline credentials: ${headline(view)}`,
    body: `${body}\nThis issue is edited when things change, and closed when all is well.\n`,
    isProblem: view.result.status !== 'ok',
    contacts: [...new Set(problems.flatMap(({ contact }) => contact ?? []))],
  };
}
