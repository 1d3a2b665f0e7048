import { Failure } from '../../../core/failure.ts';
import type { Secret } from '../../../core/secret.ts';
import type { GitlabApi, GitlabToken } from '../../../providers/gitlab-token/api.ts';
import { readOwnToken } from '../../../providers/gitlab-token/own-token.ts';
import { type Rotated, rotateItself, rotatesItself } from '../../../providers/gitlab-token/rotate.ts';
import type { Remembered } from '../../../providers/gitlab-token/successor.ts';
import type { KeepingContext } from '../context.ts';
import { rescued } from '../rescue.ts';
import { cannotRotate, deadAlready, lost, noNet, stillborn, unchanged, unknown } from './gitlab-failures.ts';
import type { Journal } from './journal.ts';
import { isDue, newExpiry } from './lifetime.ts';
import { bringBack, type Net, netFor } from './recovery.ts';
import type { Rotation } from './request.ts';
import type { NewValue, Sink } from './sinks.ts';

/** One rotation of a GitLab token, with all it needs in hand. */
export interface GitlabRotation {
  readonly name: string;
  /** GitLab, asked with the present token. */
  readonly api: GitlabApi;
  /** GitLab, asked with the token that manages it; null when there is none. */
  readonly manager: GitlabApi | null;
  /** Projects and groups whose tokens the manager may see, by path. */
  readonly places: readonly string[];
  readonly sinks: readonly Sink[];
  readonly journal: Journal;
  readonly within: number | null;
  readonly days: number | null;
  readonly withoutNet: boolean;
  readonly recover: number | null;
  readonly dryRun: boolean;
}

type Outcome = Omit<Rotation, 'left'> & { readonly value: NewValue | null };

/**
 * Rotates a token so that at every moment the old or the new one works and is known: the places are proven by writing
 * the present value, the host is asked once, the new value is on this disk before it goes anywhere, and an answer that
 * got lost is brought back by the token that manages this one.
 * @throws Failure that says which of the two works, and where it is.
 */
export async function rotateGitlab(rotation: GitlabRotation, context: KeepingContext): Promise<Outcome> {
  const resumed = await resume(rotation, context);
  if (resumed !== null) return resumed;
  const own = await readOwnToken(rotation.api);
  if (own.life === 'dead') return revive(rotation, context);
  const { token } = own;
  const { name, within } = rotation;
  if (!isDue(token.expires, within, context.now())) {
    return { name, state: 'not-due', expires: token.expires ?? 'never', kept: [], value: null };
  }
  if (!rotatesItself(token)) throw cannotRotate(name);
  const net = await netFor(rotation.manager, token, rotation.places);
  if (net === null && !rotation.withoutNet) throw noNet(name);
  const expires = newExpiry(token, rotation.days, context.now());
  if (rotation.dryRun) return { name, state: 'would-rotate', expires, kept: labels(rotation), value: null };
  await prove(rotation, token);
  return keep(await exchange({ rotation, token, net, expires }, context), rotation, 'rotated');
}

/** The places take what they have already: then they take the new value too. */
async function prove({ sinks, api }: GitlabRotation, { expires }: GitlabToken): Promise<void> {
  for (const sink of sinks) await sink.put({ secret: api.token, expires });
}

interface Exchange {
  readonly rotation: GitlabRotation;
  readonly token: GitlabToken;
  readonly net: Net | null;
  readonly expires: string;
}

/** The one step that cannot be taken back. It is written down before, and its result before anything else is done. */
async function exchange(
  { rotation, token, net, expires }: Exchange,
  context: KeepingContext,
): Promise<NewValue> {
  const { journal, api, name } = rotation;
  journal.write({ step: 'asked', old: token });
  context.voice.info(
    `Rotating token ${token.id} of ${name}. Should this be the last line: rotate ${name} --recover ${token.id}`,
  );
  try {
    return note(await rotateItself(api, expires), { rotation, old: token, context });
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'unreachable') {
      journal.end();
      throw error;
    }
    const own = await readOwnToken(api).catch(() => null);
    if (own === null) throw unknown(error, journal);
    if (own.life === 'alive') {
      journal.end();
      throw unchanged(error, name);
    }
    if (net === null) throw lost(name, journal);
    context.voice.warning('The answer got lost: the token that manages this one brings the new one back.');
    return note(await bringBack(net, expires), { rotation, old: token, context });
  }
}

interface Noting {
  readonly rotation: GitlabRotation;
  readonly old: Remembered;
  readonly context: KeepingContext;
}

function note({ secret, token }: Rotated, { rotation, old, context }: Noting): NewValue {
  context.know(secret);
  try {
    rotation.journal.write({ step: 'got', old, secret, expires: token.expires });
  } catch (error) {
    // The disk took the question and not the answer: the places are the better chance now.
    if (!(error instanceof Failure)) throw error;
    context.voice.warning(`${error.message} The new value goes straight to its places.`);
  }
  return { secret, expires: token.expires };
}

/** Puts the new value everywhere, looks whether it works, and only then lets go of the copy on this disk. */
async function keep(
  value: NewValue,
  rotation: GitlabRotation,
  state: 'rotated' | 'recovered',
): Promise<Outcome> {
  const { sinks, api, journal, name } = rotation;
  const file = { path: journal.path, done: () => {} };
  try {
    for (const sink of sinks) await sink.put(value);
    const own = await readOwnToken({ ...api, token: value.secret });
    if (own.life === 'dead') throw stillborn(name);
  } catch (error) {
    throw rescued(error, file);
  }
  journal.end();
  return { name, state, expires: value.expires ?? 'never', kept: labels(rotation), value };
}

function labels({ sinks }: GitlabRotation): readonly string[] {
  return sinks.map(({ label }) => label);
}

/** What an earlier rotation left: a new value that is not everywhere yet, or a question without an answer. */
async function resume(rotation: GitlabRotation, context: KeepingContext): Promise<Outcome | null> {
  const { journal, api, dryRun } = rotation;
  const { last } = journal;
  if (last === null || dryRun) return null;
  if (last.step === 'got') {
    const { secret, expires } = last;
    context.know(secret);
    if ((await aliveWith(api, secret)) === false) {
      journal.end();
      return null;
    }
    context.voice.info(
      `An earlier rotation of ${rotation.name} was cut off: its new value is put in its places now.`,
    );
    return keep({ secret, expires }, rotation, 'recovered');
  }
  if ((await readOwnToken(api)).life === 'dead') return null;
  journal.end();
  return null;
}

async function aliveWith(api: GitlabApi, secret: Secret): Promise<boolean> {
  return (await readOwnToken({ ...api, token: secret })).life === 'alive';
}

/** The present token is dead. If a rotation of it got lost, the token that manages it brings the new one back. */
async function revive(rotation: GitlabRotation, context: KeepingContext): Promise<Outcome> {
  const { journal, recover, manager, name, days, places } = rotation;
  const noted = journal.last?.step === 'asked' ? journal.last.old : null;
  const old = noted ?? (recover === null ? null : { id: recover, userId: null });
  if (old === null) throw deadAlready(name);
  const net = await netFor(manager, old, places);
  if (net === null) throw lost(name, journal);
  const expires = newExpiry(net.token, days, context.now());
  if (rotation.dryRun) return { name, state: 'would-rotate', expires, kept: labels(rotation), value: null };
  return keep(
    note(await bringBack(net, expires), { rotation, old: net.token, context }),
    rotation,
    'recovered',
  );
}
