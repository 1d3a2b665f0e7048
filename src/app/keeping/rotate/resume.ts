import { readOwnToken } from '../../../providers/gitlab-token/own-token.ts';
import type { KeepingContext } from '../context.ts';
import { anotherToken } from './gitlab-failures.ts';
import { type Got, isAbout, type Progress } from './journal.ts';
import { keepEverywhere } from './keep-everywhere.ts';
import type { GitlabRotation, Outcome } from './rotation-parts.ts';

/**
 * What an earlier rotation left: a new value that is not everywhere yet, or a question without an answer. Null when there
 * is nothing of it to be brought to its end.
 * @throws Failure `refused` when it is of another token: that does not go to this one's places, nor is it forgotten.
 */
export async function resume(rotation: GitlabRotation, context: KeepingContext): Promise<Outcome | null> {
  const { journal, dryRun } = rotation;
  const { last } = journal;
  if (last === null || dryRun) return null;
  return last.got === null
    ? settle(last, rotation, context)
    : finish({ ...last, got: last.got }, rotation, context);
}

async function finish(
  last: Progress & { readonly got: Got },
  rotation: GitlabRotation,
  context: KeepingContext,
): Promise<Outcome | null> {
  const { journal, api, name } = rotation;
  const { secret, expires } = last.got;
  context.know(secret);
  if ((await readOwnToken({ ...api, token: secret })).life === 'dead') {
    journal.end();
    return null;
  }
  if (!isAbout(last, api.token)) throw anotherToken(name, journal);
  context.voice.info(`An earlier rotation of ${name} was cut off: its new value is put in its places now.`);
  const rotated = { secret, token: { expires } };
  return keepEverywhere({ rotated, rotation, old: last.old, state: 'recovered' }, context);
}

/** The host was asked, and nobody knows what it did: if the present token lives, nothing. */
async function settle(last: Progress, { journal, api, name }: GitlabRotation, { voice }: KeepingContext) {
  if ((await readOwnToken(api)).life === 'dead') return null;
  if (!isAbout(last, api.token)) {
    const { id } = last.old;
    voice.notice(
      `The rotation of token ${id} got no answer, and ${name} has another by now. Should that one be missed: rotate ${name} --recover ${id}`,
    );
  }
  journal.end();
  return null;
}
