import { prose } from '../core/prose.ts';
import type { Explanation, Refusal } from '../core/selection/selection.ts';
import { printableAddress } from '../core/target/printable-address.ts';
import { targetText } from '../core/target/target-text.ts';
import { hanging } from './wrapped.ts';

/**
 * The selection of each target with its reasons, for people: one paragraph per target, no colours. `columns` are those
 * of a terminal; null for a log.
 */
export function explainTable(
  explained: readonly (Explanation | Refusal)[],
  columns: number | null = null,
): string {
  return explained.map((one) => `${paragraph(one, columns).join('\n')}\n`).join('\n');
}

function paragraph(explained: Explanation | Refusal, columns: number | null): readonly string[] {
  if ('request' in explained) {
    const { message, hint } = explained.problem;
    const address = printableAddress(explained.request.given);
    // Elsewhere messages begin with their target; here it stands above.
    const why = message.startsWith(`${address}: `) ? message.slice(address.length + 2) : message;
    return [prose(address, []), `  refused: ${prose(why, [])}`, `  hint: ${hint}`];
  }
  const { target, credential, reason, problem } = explained;
  const text = targetText(target);
  const title = target.given === text ? text : `${text} (written ${target.given})`;
  const none = problem === null ? 'anonymous' : problem.code;
  return [
    prose(title, []),
    ...(credential === null ? [`  ${none}: ${prose(reason, [])}`] : []),
    ...(problem === null ? [] : [`  hint: ${problem.hint}`]),
    ...rows(explained, columns),
  ];
}

function rows({ candidates, omitted }: Explanation, columns: number | null): readonly string[] {
  const nameWidth = Math.max(0, ...candidates.map(({ name }) => name.length));
  const verdictWidth = Math.max(0, ...candidates.map(({ verdict }) => verdict.length));
  const lines = candidates.flatMap(({ name, verdict, reason }) =>
    hanging(`  ${name.padEnd(nameWidth)}  ${verdict.padEnd(verdictWidth)}  `, prose(reason, []), columns),
  );
  return omitted === 0 ? lines : [...lines, `  and ${omitted} more that cannot serve it better`];
}
