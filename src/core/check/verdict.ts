import { Failure } from '../failure.ts';
import type { CheckResult, OverallStatus } from './result.ts';

const failing: ReadonlySet<string> = new Set([
  'expired',
  'invalid',
  'insufficient',
  'unreachable',
  'denied',
  'not-found',
  'no-such-revision',
]);

/** Whether something does not work. What could not be found out never counts. */
export function isFailing({ status }: { readonly status: string }): boolean {
  return failing.has(status);
}

/** Whether somebody should look at it: it fails, or will soon. */
export function isProblem({ status }: { readonly status: string }): boolean {
  return failing.has(status) || status === 'expiring';
}

/** The worst of all results. */
export function overallStatus({
  credentials,
  targets,
}: Pick<CheckResult, 'credentials' | 'targets'>): OverallStatus {
  const all = [...credentials, ...targets];
  if (all.some(isFailing)) return 'failing';
  return all.some(isProblem) ? 'expiring' : 'ok';
}

export const failOnChoices = ['failing', 'expiring', 'never'] as const;
export type FailOn = (typeof failOnChoices)[number];

/** The exit code of a check: 1 from the severity on that the caller wants to fail for. */
export function exitCodeOf(status: OverallStatus, failOn: FailOn): 0 | 1 {
  if (failOn === 'never' || status === 'ok') return 0;
  return status === 'failing' || failOn === 'expiring' ? 1 : 0;
}

const hour = 3_600_000;
const units: Readonly<Record<string, number>> = { h: hour, d: 24 * hour, w: 7 * 24 * hour };

/**
 * Milliseconds of `14d`, `2w` or `36h`.
 * @throws Failure `usage` for anything else.
 */
export function parseSpan(text: string, name: string): number {
  const [, count, unit = ''] = /^(\d{1,4})([hdw])$/.exec(text.trim()) ?? [];
  const size = units[unit];
  if (count !== undefined && size !== undefined) return Number(count) * size;
  throw new Failure('usage', `${name} is not a span of time.`, {
    hint: 'Write days, weeks or hours: `14d`, `2w`, `36h`.',
  });
}
