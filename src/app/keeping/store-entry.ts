import { Failure } from '../../core/failure.ts';
import type { Entry, Found, Store } from '../../stores/store.ts';

/**
 * Stores one value and looks whether it is there. When no answer came, what the store has now tells what became of it.
 * @throws Failure that says whether the old value is still there, or that nobody knows.
 */
export async function storeEntry(entry: Entry, before: Found | null, store: Store): Promise<void> {
  const lost = await store.put(entry, before).then(
    () => null,
    (error: unknown) => whenUnanswered(error),
  );
  if (lost instanceof Failure && lost.code !== 'unreachable') throw notStored(lost, entry);
  const state = stateOf(entry, before, await store.find(entry.name).catch(() => 'unknown' as const));
  if (state === 'stored' || (state === 'unknown' && lost === null)) return;
  throw state === 'unknown' ? nobodyKnows(entry, store, lost) : notStored(lost ?? missing(store), entry);
}

function whenUnanswered(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}

type State = 'stored' | 'not-stored' | 'unknown';

function stateOf(entry: Entry, before: Found | null, now: Found | null | 'unknown'): State {
  if (now === 'unknown') return 'unknown';
  if (now === null) return 'not-stored';
  const holds = now.holds(entry);
  if (holds !== null) return holds ? 'stored' : 'not-stored';
  if (before === null) return 'stored';
  // Times of stores are whole seconds: the same one proves nothing.
  return now.version !== null && now.version !== before.version ? 'stored' : 'unknown';
}

function notStored({ message, hint, code }: Failure, { name }: Entry): Failure {
  return new Failure(code, `${name} was not stored: ${message}`, {
    hint: `${hint} What was there before is still there.`,
  });
}

function nobodyKnows({ name }: Entry, store: Store, lost: Failure | null): Failure {
  return new Failure('unreachable', `It is not known whether ${name} was replaced: ${lost?.message ?? ''}`, {
    hint: `Run it again: ${store.label} then get the same value once more.`,
  });
}

function missing({ label }: Store): Failure {
  return new Failure('refused', `${label} took it, and do not have it.`, {
    hint: 'Look at the place in the browser.',
  });
}
