import { Failure } from '../../../core/failure.ts';
import { readOwnToken } from '../../../providers/gitlab-token/own-token.ts';
import type { Rotated } from '../../../providers/gitlab-token/rotate.ts';
import type { Remembered } from '../../../providers/gitlab-token/successor.ts';
import { sleep } from '../../../system/sleep.ts';
import type { KeepingContext } from '../context.ts';
import { rescued } from '../rescue.ts';
import { adrift, stillborn } from './gitlab-failures.ts';
import type { Journal } from './journal.ts';
import type { GitlabRotation, Outcome } from './rotation-parts.ts';
import type { NewValue, Sink } from './sinks.ts';

export interface Keeping {
  readonly rotated: Pick<Rotated, 'secret'> & { readonly token: { readonly expires: string | null } };
  readonly rotation: GitlabRotation;
  /** The one whose place it takes. */
  readonly old: Remembered;
  readonly state: 'rotated' | 'recovered';
}

/** Puts a new value on this disk, then everywhere, looks whether it works, and only then lets go of the copy here. */
export async function keepEverywhere(keeping: Keeping, context: KeepingContext): Promise<Outcome> {
  const { rotated, rotation, old, state } = keeping;
  const { sinks, api, journal, name } = rotation;
  const value: NewValue = { secret: rotated.secret, expires: rotated.token.expires };
  context.know(value.secret);
  const refusal = noted(journal, value);
  // The disk took the question and not the answer: the places are the better chance now.
  if (refusal !== null)
    context.voice.warning(`${refusal.message} The new value goes straight to its places.`);
  try {
    await putAll(sinks, value, context.signal);
    const own = await readOwnToken({ ...api, token: value.secret });
    if (own.life === 'dead') throw stillborn(name);
  } catch (error) {
    if (noted(journal, value) === null) throw rescued(error, journal.path, elsewhere(keeping, context));
    throw error instanceof Failure ? adrift(error, name, old.id) : error;
  }
  journal.end();
  const kept = sinks.map(({ label }) => label);
  return { name, state, expires: value.expires ?? 'never', kept, value };
}

/** A job's machine is gone with it, and what was written there. */
function elsewhere({ rotation: { name }, old }: Keeping, { job }: KeepingContext): string {
  return job.ci === 'none' ? '' : `Should this machine be gone by then: rotate ${name} --recover ${old.id}.`;
}

/** Writes the new value down, unless it is there already. Gives what spoke against it. */
function noted(journal: Journal, value: NewValue): Failure | null {
  try {
    if (!journal.holds(value.secret)) journal.got(value);
    return null;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** Milliseconds before the second and the third try of a place: on a machine that goes away with the job nothing else is left. */
const pauses = [500, 3000];

/** One that fails does not keep the value from the others: the old one is dead everywhere. */
async function putAll(sinks: readonly Sink[], value: NewValue, signal: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  for (const sink of sinks) await put(sink, value, signal).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** To write the same value again is harmless: whoever did not answer is asked again. */
async function put(sink: Sink, value: NewValue, signal: AbortSignal): Promise<void> {
  for (const pause of pauses) {
    const lost = await sink.put(value).then(
      () => null,
      (error: unknown) => error,
    );
    if (lost === null) return;
    if (!(lost instanceof Failure) || lost.code !== 'unreachable') throw lost;
    await sleep(pause, signal);
  }
  await sink.put(value);
}
