import { dateText } from '../../core/check/expiry.ts';
import type { PublicView } from '../../core/check/public-view.ts';
import {
  type CredentialResult,
  credentialStatuses,
  type TargetResult,
  targetStatuses,
} from '../../core/check/result.ts';
import { markdownTable, markdownText } from '../markdown.ts';
import { gantt } from './gantt.ts';
import { counted, headline, sentence, severityOf, worstFirst } from './headline.ts';

/** A summary holds a mebibyte, an issue 65,536 characters: rows beyond are counted. */
const mostRows = 200;

const signs = { ok: '✅', expiring: '⏳', failing: '❌', unknown: '❔' } as const;

/** The result as GitHub's Markdown: tables, the worst first, and a picture of what ends when. Ends in a newline. */
export function checkSummary(view: PublicView, rows = mostRows): string {
  const { credentials, targets } = view.result;
  const picture = gantt(view.result);
  const blocks = [
    `### Pipeline credentials: ${headline(view)}`,
    credentials.length === 0 ? 'There is no credential.' : credentialTable(credentials, rows),
    ...(picture === '' ? [] : ['What ends when (the soonest; the table has all):', picture]),
    ...(targets.length === 0 ? [] : [targetTable(targets, rows)]),
    ...hiddenLine(view),
    `Checked at ${markdownText(dateText(view.result.checkedAt))}.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function credentialTable(credentials: readonly CredentialResult[], rows: number): string {
  const sorted = worstFirst(credentials, credentialStatuses, ({ daysLeft }) => daysLeft);
  const cells = sorted
    .slice(0, rows)
    .map((one) => [
      `${signs[severityOf(one.status)]} ${one.status}`,
      `**${markdownText(one.name)}**`,
      markdownText(ends(one)),
      one.usedBy.length === 0 ? '' : String(one.usedBy.length),
      says(one),
    ]);
  const table = markdownTable(['Status', 'Credential', 'Ends', 'Targets', 'What to know'], cells);
  return table + more(sorted.length - rows, 'credential');
}

function targetTable(targets: readonly TargetResult[], rows: number): string {
  const sorted = worstFirst(targets, targetStatuses);
  const cells = sorted
    .slice(0, rows)
    .map((one) => [
      `${signs[severityOf(one.status)]} ${one.status}`,
      markdownText(one.target),
      one.credential === null ? '*nobody*' : markdownText(one.credential),
      one.revision === null ? '' : markdownText(`${one.revision.name} (${one.revision.sha.slice(0, 7)})`),
      says(one),
    ]);
  const table = markdownTable(['Status', 'Target', 'Signed in by', 'Revision', 'What to know'], cells);
  return table + more(sorted.length - rows, 'target');
}

function ends({ expiresAt, expirySource }: CredentialResult): string {
  if (expiresAt === null) return expirySource === 'none' ? 'not known' : 'never';
  return `${dateText(expiresAt)}${expirySource === 'manifest' ? ' by the manifest' : ''}`;
}

function says({ message, hint }: { readonly message: string; readonly hint: string }): string {
  const text = markdownText(sentence(message));
  return hint === '' ? text : `${text} *${markdownText(hint)}*`;
}

function more(left: number, noun: string): string {
  return left > 0 ? `\n\nAnd ${counted(left, `more ${noun}`)}.` : '';
}

/** Security rule 28: in public only counts. */
function hiddenLine({ hidden }: PublicView): readonly string[] {
  const counts = targetStatuses.flatMap((status) => {
    const count = hidden[status] ?? 0;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  const total = Object.values(hidden).reduce((sum, count) => sum + (count ?? 0), 0);
  return total === 0 ? [] : [`${counted(total, 'target')} not named here: ${counts.join(', ')}.`];
}
