import { prose } from '../core/prose.ts';
import type { SelectionRow } from '../core/session/served-rows.ts';
import { countOf, servedBy } from './served.ts';

/**
 * A setup in lines, for logs: each credential, until when, what it serves and why. In public
 * repositories targets are counted, not named (security rule 28).
 */
export function setupLines(
  rows: readonly SelectionRow[],
  options: { readonly namesTargets: boolean },
): readonly string[] {
  const groups = servedBy(rows);
  const names = groups.map(({ credential }) => prose(credential ?? 'anonymous', []));
  const width = Math.max(0, ...names.map(({ length }) => length));
  return groups.flatMap((served, index) => {
    const until = /^\d/.test(served.until) ? `until ${served.until}` : served.until;
    const parts = [(names[index] ?? '').padEnd(width), until].filter((part) => part !== '');
    const head = parts.join('  ').trimEnd();
    if (!options.namesTargets) return [`${head}  ${countOf(served)}`];
    return [head, ...served.targets.map(({ name, reason }) => `  ${prose(name, [])}: ${prose(reason, [])}`)];
  });
}
