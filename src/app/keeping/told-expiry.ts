import type { TestResult } from './test-credentials.ts';

/** When a credential ends by its host's word, as a manifest writes it; null when the host did not tell. */
export function toldExpiry(
  name: string,
  test: TestResult | null,
  dateEnds: 'after-the-day' | 'as-it-begins',
): string | null {
  const found = test?.credentials.find((one) => one.name === name);
  if (found === undefined || found.expirySource !== 'host') return null;
  return found.expiresAt === null ? 'never' : expiryText(found.expiresAt, dateEnds);
}

/** A date where the host's own dates end as they begin, an instant elsewhere. */
function expiryText(at: Date, dateEnds: 'after-the-day' | 'as-it-begins'): string {
  const text = at.toISOString();
  return dateEnds === 'as-it-begins' && text.endsWith('T00:00:00.000Z')
    ? text.slice(0, 10)
    : text.replace(/\.\d+Z$/, 'Z');
}
