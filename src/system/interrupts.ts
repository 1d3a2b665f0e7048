/** The requests to stop that a process gets from people, the system or a CI. */
export interface Interrupts {
  /** Aborted by the first one. */
  readonly signal: AbortSignal;
  /** Calls back for each one that comes from now on; gives what ends that. */
  readonly listen: (heard: (name: NodeJS.Signals) => void) => () => void;
}

/** Takes signals for good: a second one must not end us in the middle of cleaning up. */
export function watchInterrupts(
  source: { readonly on: (name: NodeJS.Signals, heard: (name: NodeJS.Signals) => void) => unknown },
  names: readonly NodeJS.Signals[],
): Interrupts {
  const controller = new AbortController();
  const listeners = new Set<(name: NodeJS.Signals) => void>();
  for (const each of names) {
    source.on(each, (name) => {
      controller.abort();
      for (const heard of listeners) heard(name);
    });
  }
  return {
    signal: controller.signal,
    listen: (heard) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
  };
}
