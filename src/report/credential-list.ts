import { dateText, daysLeft, daysText } from '../core/check/expiry.ts';
import { prose } from '../core/prose.ts';
import { timestamp } from './timestamp.ts';

/** One credential of a manifest, without its secret. */
export interface ListedCredential {
  readonly name: string;
  readonly provider: string;
  /** What it is for: a base URL, or registries. */
  readonly covers: readonly string[];
  readonly status: 'active' | 'inactive' | 'expired';
  /** When it ends: `never`, an instant, or null when the manifest does not say. */
  readonly expires: Date | 'never' | null;
  readonly environments: readonly string[] | null;
  readonly contact: string | null;
  /** The manifest's targets that it serves. */
  readonly usedBy: readonly string[];
}

/** What `credential list --json` prints. */
export function listJson(listed: readonly ListedCredential[]) {
  return {
    version: 1,
    credentials: listed.map(({ covers, usedBy, expires, ...one }) => ({
      ...one,
      expires: expires instanceof Date ? timestamp(expires) : expires,
      covers,
      'used-by': usedBy,
    })),
  };
}

const head = ['NAME', 'PROVIDER', 'FOR', 'STATUS', 'ENDS', 'USED BY'];

/** The same for people, ending in a newline: a table, or where a terminal is too narrow for it, lines for each. */
export function listTable(
  listed: readonly ListedCredential[],
  now: Date,
  columns: number | null = null,
): string {
  if (listed.length === 0)
    return 'The manifest has no credentials. `credential add` and `app create` add some.\n';
  const rows = [head, ...listed.map((one) => cells(one, now).map((cell) => prose(cell, [])))];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const isNarrow = columns !== null && lines.some(({ length }) => length > columns);
  return `${(isNarrow ? rows.slice(1).flatMap(blockOf) : lines).join('\n')}\n`;
}

/** A credential in lines of its own, each with its head. */
function blockOf([name = '', ...others]: readonly string[]): readonly string[] {
  const width = Math.max(...head.map(({ length }) => length));
  return [
    name,
    ...others.map((cell, index) => `  ${(head[index + 1] ?? '').toLowerCase().padEnd(width)}  ${cell}`),
  ];
}

function cells(
  { name, provider, covers, status, expires, usedBy, environments }: ListedCredential,
  now: Date,
): readonly string[] {
  const only = environments === null ? '' : ` (${environments.join(', ')})`;
  return [
    name,
    provider,
    covers.join(', ') || 'its public host',
    `${status}${only}`,
    endText(expires, now),
    usedText(usedBy),
  ];
}

function endText(expires: ListedCredential['expires'], now: Date): string {
  if (expires === null) return 'not said';
  return expires === 'never' ? 'never' : `${dateText(expires)}, ${daysText(daysLeft(expires, now))}`;
}

function usedText(usedBy: readonly string[]): string {
  const [first, ...others] = usedBy;
  if (first === undefined) return '-';
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
