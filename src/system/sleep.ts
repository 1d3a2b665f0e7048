import { setTimeout } from 'node:timers/promises';

/** Resolves after so many milliseconds; rejects when the signal says stop. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, signal === undefined ? {} : { signal });
}
