/** An instant that a host gives in seconds since 1970, with or without a fraction; null for what can be none. */
export function fromEpoch(seconds: unknown): Date | null {
  return typeof seconds === 'number' && seconds > 0 && seconds < 1e11
    ? new Date(Math.floor(seconds) * 1000)
    : null;
}
