/** An instant for programs: ISO 8601 in UTC, without milliseconds, which no host tells. */
export function timestamp(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}
