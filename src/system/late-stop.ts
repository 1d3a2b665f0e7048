/** Follows a signal to stop, so many milliseconds later. */
export function lateStop(signal: AbortSignal, ms: number): AbortSignal {
  const late = new AbortController();
  const stop = () => setTimeout(() => late.abort(signal.reason), ms).unref();
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return late.signal;
}
