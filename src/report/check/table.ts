import type { PublicView } from '../../core/check/public-view.ts';
import { credentialStatuses, type TargetResult, targetStatuses } from '../../core/check/result.ts';
import { counted, headline, marks, sentence, severityOf, tally, worstFirst } from './headline.ts';

/** ANSI colours; the marks say the same without. */
const colours = { ok: '32', expiring: '33', failing: '31', unknown: '90' } as const;

interface Row {
  readonly status: string;
  readonly name: string;
  readonly text: string;
  readonly hint: string;
}

/** The result for a terminal or a log: one line each, the worst first, and what to do below it. Ends in a newline. */
export function checkTable(view: PublicView, options: { readonly colours: boolean }): string {
  const { credentials, targets } = view.result;
  const about = [
    worstFirst(credentials, credentialStatuses, ({ daysLeft }) => daysLeft).map(
      ({ name, status, message, hint, identity }): Row => ({
        name,
        status,
        text: identity === null ? message : `${message} (${identity})`,
        hint,
      }),
    ),
    worstFirst(targets, targetStatuses).map(
      (target): Row => ({ ...target, name: target.target, text: textOf(target) }),
    ),
  ];
  const blocks = about.filter((rows) => rows.length > 0).map((rows) => block(rows, options.colours));
  const listed = targets.flatMap(({ target, revisions }) =>
    revisions === null ? [] : [`${target} has ${revisions.join(', ') || 'no branch and no tag'}\n`],
  );
  return [...blocks, ...(listed.length > 0 ? [listed.join('')] : []), `${last(view)}\n`].join('\n');
}

function textOf({ credential, message, revision }: TargetResult): string {
  const by = credential === null ? '' : `by ${credential}: `;
  return `${by}${message}${revision === null ? '' : `; ${revision.name} is ${revision.sha.slice(0, 12)}`}`;
}

function block(rows: readonly Row[], coloured: boolean): string {
  const width = Math.max(...rows.map(({ status }) => status.length));
  const nameWidth = Math.min(48, Math.max(...rows.map(({ name }) => name.length)));
  const lines = rows.flatMap(({ status, name, text, hint }) => {
    const severity = severityOf(status);
    const state = `${marks[severity]} ${status.padEnd(width)}`;
    const shown = coloured ? `\u001b[${colours[severity]}m${state}\u001b[0m` : state;
    const line = `${shown}  ${name.padEnd(nameWidth)}  ${text}`.trimEnd();
    return hint === '' ? [line] : [line, `${' '.repeat(width + 4)}${hint}`];
  });
  return `${lines.join('\n')}\n`;
}

function last(view: PublicView): string {
  const { result, hidden } = view;
  const hiddenTargets = Object.entries(hidden).flatMap(([status, count]) => Array(count).fill({ status }));
  const all = [...result.targets, ...hiddenTargets];
  const parts = [
    tallied(result.credentials, 'credential', credentialStatuses),
    tallied(all, 'target', targetStatuses),
  ];
  return `${parts.join('. ')}. ${sentence(headline(view))}`;
}

/** `3 targets: 1 denied, 2 ok`, `no targets`. */
function tallied(
  results: readonly { readonly status: string }[],
  noun: string,
  order: readonly string[],
): string {
  return results.length === 0 ? `No ${noun}s` : `${counted(results.length, noun)}: ${tally(results, order)}`;
}
