import { Failure } from '../../../core/failure.ts';
import type { GitlabToken } from '../../../providers/gitlab-token/api.ts';
import { readOwnToken } from '../../../providers/gitlab-token/own-token.ts';
import { type Rotated, rotateItself, rotatesItself } from '../../../providers/gitlab-token/rotate.ts';
import type { KeepingContext } from '../context.ts';
import { cannotRotate, deadAlready, lost, noNet, notLost, unchanged, unknown } from './gitlab-failures.ts';
import { isAbout } from './journal.ts';
import { keepEverywhere } from './keep-everywhere.ts';
import { isDue, newExpiry } from './lifetime.ts';
import { bringBack, type Net, netFor } from './recovery.ts';
import { resume } from './resume.ts';
import type { GitlabRotation, Outcome } from './rotation-parts.ts';

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
  if (rotation.dryRun) return wouldRotate(rotation, expires);
  await prove(rotation, token);
  return exchange({ rotation, token, net, expires }, context);
}

function wouldRotate({ name, sinks }: GitlabRotation, expires: string): Outcome {
  return { name, state: 'would-rotate', expires, kept: sinks.map(({ label }) => label), value: null };
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
async function exchange(exchanging: Exchange, context: KeepingContext): Promise<Outcome> {
  const { rotation, token, expires } = exchanging;
  const { journal, api, name } = rotation;
  journal.asked(token, api.token);
  context.voice.info(
    `Rotating token ${token.id} of ${name}. Should this be the last line: rotate ${name} --recover ${token.id}, with the flags of this command`,
  );
  const rotated = await rotateItself(api, expires).catch((error: unknown) => {
    // What is no answer of the host's is no proof either: the journal stays.
    if (!(error instanceof Failure)) throw error;
    return whenFailed(error, exchanging, context);
  });
  return keepEverywhere({ rotated, rotation, old: token, state: 'rotated' }, context);
}

/** A failure proves nothing: proxies give up on what the host goes on with. The present token itself tells. */
async function whenFailed(
  failure: Failure,
  { rotation, net, expires }: Exchange,
  { voice }: KeepingContext,
): Promise<Rotated> {
  const { journal, api, name } = rotation;
  const own = await readOwnToken(api).catch(() => null);
  if (own === null) throw unknown(failure, journal);
  if (own.life === 'alive') {
    // Where it may still be under way, the journal stays until the next run.
    if (failure.code !== 'unreachable') journal.end();
    throw unchanged(failure, name);
  }
  if (net === null) throw lost(name, journal);
  voice.warning('The answer got lost: the token that manages this one brings the new one back.');
  return bringBack(net, expires);
}

/** The present token is dead. If a rotation of it got lost, the token that manages it brings the new one back. */
async function revive(rotation: GitlabRotation, context: KeepingContext): Promise<Outcome> {
  const { journal, recover, manager, name, days, places, api } = rotation;
  const { last } = journal;
  const noted = last !== null && isAbout(last, api.token) ? last.old : null;
  const old = noted ?? (recover === null ? null : { id: recover, userId: null });
  if (old === null) throw deadAlready(name);
  const net = await netFor(manager, old, places);
  if (net === null) throw lost(name, journal);
  if (noted === null && net.token.active) throw notLost(name, net.token.id);
  const expires = newExpiry(net.token, days, context.now());
  if (rotation.dryRun) return wouldRotate(rotation, expires);
  journal.asked(net.token, api.token);
  const rotated = await bringBack(net, expires);
  return keepEverywhere({ rotated, rotation, old: net.token, state: 'recovered' }, context);
}
