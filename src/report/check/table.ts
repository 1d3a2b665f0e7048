import type { PublicView } from '../../core/check/public-view.ts';
import { credentialStatuses, type TargetResult, targetStatuses } from '../../core/check/result.ts';
import { wrapped } from '../wrapped.ts';
import { counted, headline, marks, sentence, severityOf, tally, worstFirst } from './headline.ts';

/** ANSI colours; the marks say the same without. */
const colours = { ok: '32', expiring: '33', failing: '31', unknown: '90' } as const;

interface Row {
  readonly status: string;
  readonly name: string;
  readonly text: string;
  readonly hint: string;
}

export interface TableOptions {
  readonly colours: boolean;
  /** Characters of a terminal's line; null for a log. */
  readonly columns: number | null;
}

/** The result for a terminal or a log: one line each, the worst first, and what to do below it. Ends in a newline. */
export function checkTable(view: PublicView, options: TableOptions): string {
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
  const blocks = about.filter((rows) => rows.length > 0).map((rows) => block(rows, options));
  const listed = targets.flatMap(({ target, revisions }) =>
    revisions === null ? [] : [`${target} has ${revisions.join(', ') || 'no branch and no tag'}\n`],
  );
  return [
    ...blocks,
    ...(listed.length > 0 ? [listed.join('')] : []),
    `${wrapped(last(view), options.columns).join('\n')}\n`,
  ].join('\n');
}

function textOf({ credential, message, revision }: TargetResult): string {
  const by = credential === null ? '' : `by ${credential}: `;
  return `${by}${message}${revision === null ? '' : `; ${revision.name} is ${revision.sha.slice(0, 12)}`}`;
}

/** Where a terminal is too narrow for one of the rows, each tells what it says below its name. */
function block(rows: readonly Row[], { colours: coloured, columns }: TableOptions): string {
  const width = Math.max(...rows.map(({ status }) => status.length));
  const nameWidth = Math.min(48, Math.max(...rows.map(({ name }) => name.length)));
  const indent = width + 4;
  const fits = ({ name, text }: Row) =>
    columns === null || indent + Math.max(nameWidth, name.length) + 2 + text.length <= columns;
  const isWide = rows.every(fits);
  const below = (text: string) =>
    wrapped(text, columns === null ? null : Math.max(20, columns - indent)).map(
      (line) => `${' '.repeat(indent)}${line}`,
    );
  const lines = rows.flatMap(({ status, name, text, hint }) => {
    const severity = severityOf(status);
    const state = `${marks[severity]} ${status.padEnd(width)}`;
    const shown = coloured ? `\u001b[${colours[severity]}m${state}\u001b[0m` : state;
    const said = isWide
      ? [`${shown}  ${name.padEnd(nameWidth)}  ${text}`.trimEnd()]
      : [`${shown}  ${name}`, ...below(text)];
    return hint === '' ? said : [...said, ...below(hint)];
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
