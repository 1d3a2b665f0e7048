import type { SelectionRow } from '../core/session/served-rows.ts';
import { markdownTable, markdownText } from './markdown.ts';

/**
 * The job summary of a setup: each credential, what it serves, until when. In public repositories targets are counted,
 * not named (security rule 28).
 */
export function setupSummary(
  rows: readonly SelectionRow[],
  options: { readonly namesTargets: boolean },
): string {
  const groups = new Map<string | null, SelectionRow[]>();
  for (const row of rows) groups.set(row.credential, [...(groups.get(row.credential) ?? []), row]);
  const cells = [...groups].map(([credential, served]) => [
    credential === null ? '*anonymous*' : markdownText(credential),
    options.namesTargets
      ? served.map(({ target }) => markdownText(target)).join('<br>')
      : countOf(served.length),
    markdownText(untilText(earliest(served))),
  ]);
  return `### Pipeline credentials\n\n${markdownTable(['Credential', 'Serves', 'Until'], cells)}\n`;
}

/** `2026-11-20 12:30 UTC`, or that nothing is known to end. */
export function untilText(expiresAt: Date | null): string {
  return expiresAt === null
    ? 'no end known'
    : `${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function earliest(rows: readonly SelectionRow[]): Date | null {
  const times = rows.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt.getTime()]));
  return times.length === 0 ? null : new Date(Math.min(...times));
}

function countOf(count: number): string {
  return count === 1 ? '1 target' : `${count} targets`;
}
