import type { PublicView } from '../../core/check/public-view.ts';
import type { OverallStatus } from '../../core/check/result.ts';
import { isFailing } from '../../core/check/verdict.ts';

/** One line that says it all: `2 credentials and 1 target do not work, 1 credential ends soon`. */
export function headline({ result, hidden }: PublicView): string {
  const { credentials, targets } = result;
  const hiddenFailing = Object.entries(hidden)
    .filter(([status]) => isFailing({ status }))
    .reduce((sum, [, count]) => sum + (count ?? 0), 0);
  const failing = [
    counted(credentials.filter(isFailing).length, 'credential'),
    counted(targets.filter(isFailing).length + hiddenFailing, 'target'),
  ].filter((text) => text !== '');
  const soon = credentials.filter(({ status }) => status === 'expiring').length;
  const parts = [
    ...(failing.length > 0 ? [`${failing.join(' and ')} ${isOne(failing) ? 'does' : 'do'} not work`] : []),
    ...(soon > 0 ? [`${counted(soon, 'credential')} ${soon === 1 ? 'ends' : 'end'} soon`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'everything works';
}

function isOne(failing: readonly string[]): boolean {
  return failing.length === 1 && failing[0]?.startsWith('1 ') === true;
}

/** `1 credential`, `3 credentials`, nothing for none. */
export function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Said before, where nothing counts along: `Asking about 3 credentials and their targets.` */
export function asking(credentials: number): string {
  if (credentials === 0) return 'Asking about the targets.';
  return `Asking about ${counted(credentials, 'credential')} and ${credentials === 1 ? 'its' : 'their'} targets.`;
}

/** How many of each status, the worst first: `1 expired, 4 ok`. */
export function tally(results: readonly { readonly status: string }[], order: readonly string[]): string {
  return order
    .map((status) => ({ status, count: results.filter((one) => one.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
    .join(', ');
}

/** A mark that says without colours how it stands. */
export const marks: Readonly<Record<OverallStatus | 'unknown', string>> = {
  ok: '✓',
  expiring: '!',
  failing: '✗',
  unknown: '?',
};

/** Results in the order in which people want to see them: the worst first, then what ends first, then by name. */
export function worstFirst<T extends { readonly status: string }>(
  results: readonly T[],
  order: readonly string[],
  daysLeft: (result: T) => number | null = () => null,
): readonly T[] {
  const days = (result: T) => daysLeft(result) ?? Number.MAX_SAFE_INTEGER;
  return results.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || days(a) - days(b));
}

/** How bad a status is. */
export function severityOf(status: string): keyof typeof marks {
  if (isFailing({ status })) return 'failing';
  if (status === 'expiring') return 'expiring';
  return status === 'unknown' || status === 'inactive' ? 'unknown' : 'ok';
}

/** A message as a sentence: with a capital, except where a host's name or code begins it, and a full stop. */
export function sentence(message: string): string {
  const text = /^[a-z]+(?=[\s,;]|$)/.test(message)
    ? message.replace(/^./, (letter) => letter.toUpperCase())
    : message;
  return `${text}.`;
}
