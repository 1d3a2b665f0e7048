import type { SelectionRow } from '../core/session/served-rows.ts';
import { markdownTable, markdownText } from './markdown.ts';
import { countOf, servedBy } from './served.ts';

/**
 * The job summary of a setup: each credential, what it serves, until when. In public repositories targets are counted,
 * not named (security rule 28).
 */
export function setupSummary(
  rows: readonly SelectionRow[],
  options: { readonly namesTargets: boolean },
): string {
  const cells = servedBy(rows).map((served) => [
    served.credential === null ? '*anonymous*' : markdownText(served.credential),
    options.namesTargets
      ? served.targets.map(({ name }) => markdownText(name)).join('<br>')
      : countOf(served),
    markdownText(served.until),
  ]);
  return `### Pipeline credentials\n\n${markdownTable(['Credential', 'Serves', 'Until'], cells)}\n`;
}
