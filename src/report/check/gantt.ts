import type { CheckResult, CredentialResult } from '../../core/check/result.ts';

/** More bars than this are no picture any more. */
const most = 30;

/**
 * A Mermaid picture of what ends when, the soonest first; empty when nothing is known to end. A bar's text begins with a
 * number, so that no credential's name is read as a word of Mermaid's.
 */
export function gantt({ checkedAt, credentials }: Pick<CheckResult, 'checkedAt' | 'credentials'>): string {
  const ending = credentials
    .filter(({ expiresAt, status }) => expiresAt !== null && status !== 'inactive')
    .toSorted((a, b) => (a.expiresAt?.getTime() ?? 0) - (b.expiresAt?.getTime() ?? 0))
    .slice(0, most);
  if (ending.length === 0) return '';
  const lines = [
    'gantt',
    '    dateFormat YYYY-MM-DD',
    '    axisFormat %Y-%m-%d',
    '    todayMarker off',
    ...sections(ending).flatMap(([title, some]) => [
      `    section ${title}`,
      ...some.map((one) => bar(one, checkedAt)),
    ]),
  ];
  return `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``;
}

function sections(ending: readonly CredentialResult[]): [string, readonly CredentialResult[]][] {
  const isOver = ({ status, daysLeft }: CredentialResult) => status === 'expired' || (daysLeft ?? 0) < 0;
  const isSoon = ({ status }: CredentialResult) => status === 'expiring';
  const groups: [string, readonly CredentialResult[]][] = [
    ['Ended', ending.filter(isOver)],
    ['Ends soon', ending.filter((one) => !isOver(one) && isSoon(one))],
    ['Lasts', ending.filter((one) => !isOver(one) && !isSoon(one))],
  ];
  return groups.filter(([, some]) => some.length > 0);
}

function bar({ name, expiresAt, daysLeft, status }: CredentialResult, checkedAt: Date): string {
  const [today, end] = [day(checkedAt), day(expiresAt ?? checkedAt)];
  const [from, to] = end < today ? [end, today] : [today, end];
  const kind = status === 'expired' || end < today ? 'crit, ' : status === 'expiring' ? 'active, ' : '';
  // Mermaid draws nothing for a bar without length.
  const until = from === to ? '1d' : to;
  return `    ${daysLeft ?? 0}d ${name} :${kind}${from}, ${until}`;
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
