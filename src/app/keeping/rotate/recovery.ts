import { Failure } from '../../../core/failure.ts';
import type { GitlabApi } from '../../../providers/gitlab-token/api.ts';
import { type Rotated, rotateAnother } from '../../../providers/gitlab-token/rotate.ts';
import {
  type Managed,
  managedToken,
  type Remembered,
  successorOf,
} from '../../../providers/gitlab-token/successor.ts';

/** A second token that may manage the rotated one: the net for an answer that gets lost. */
export interface Net extends Managed {
  readonly api: GitlabApi;
}

/** Whether another token could bring a lost answer back; null when it could not. */
export async function netFor(
  api: GitlabApi | null,
  old: { readonly id: number; readonly userId: number | null },
  known: readonly string[],
): Promise<Net | null> {
  const managed = api === null ? null : await managedToken(api, old, known);
  return api === null || managed === null ? null : { api, ...managed };
}

/**
 * Brings a token back whose secret nobody got to know: the one that took the old one's place is rotated once more, by its
 * number. Should that answer get lost too, the next in line is taken.
 * @throws Failure `refused` when it is not clear which it is, `unreachable` when the host does not answer.
 */
export async function bringBack({ api, place, token: old }: Net, expires: string): Promise<Rotated> {
  for (let attempt = 1; ; attempt += 1) {
    const heir = await successorOf(api, place, old);
    if (heir === null) throw unclear(old);
    try {
      return await rotateAnother(api, place, heir.id, expires);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'unreachable' || attempt === 3) throw error;
    }
  }
}

function unclear({ id }: Remembered): Failure {
  return new Failure('refused', `It is not clear which token took the place of number ${id}.`, {
    hint: 'Make a new one in the browser, and give it to `rotate --guided`.',
  });
}
