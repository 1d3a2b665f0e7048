import { Failure } from '../../../core/failure.ts';
import type { Journal } from './journal.ts';

/** How a rotation of a GitLab token can fail, each with which token works and what to do. */

export function cannotRotate(name: string): Failure {
  return new Failure(
    'usage',
    `${name} cannot rotate itself: it has neither the scope \`self_rotate\` nor \`api\`.`,
    {
      hint: 'Give its successor the scope `self_rotate` as well, and paste it: `rotate --guided`.',
    },
  );
}

export function noNet(name: string): Failure {
  return new Failure(
    'usage',
    `Should the answer get lost, ${name} would be lost with it: nothing was rotated.`,
    {
      hint: 'Name a variable with a token that may manage it, of its owner or of a maintainer (--recovery-token NAME), or take the risk (--no-recovery).',
    },
  );
}

export function writesItself(name: string): Failure {
  return new Failure(
    'usage',
    `${name} is the token that writes to its place: it would be dead before the new one is there. Nothing was rotated.`,
    {
      hint: 'Name a variable with another token for the place (--token-env NAME), or use `rotate --guided`.',
    },
  );
}

export function unchanged({ message, hint, code }: Failure, name: string): Failure {
  return new Failure(code, `${name} was not rotated, the old token works: ${message}`, {
    hint: code === 'unreachable' ? 'Run it again.' : hint,
  });
}

export function unknown({ message }: Failure, { path }: Journal): Failure {
  return new Failure('unreachable', `It is not known whether the token was rotated: ${message}`, {
    hint: `Run it again when the host answers: ${path} remembers where it stopped.`,
  });
}

export function lost(name: string, { path }: Journal): Failure {
  return new Failure(
    'refused',
    `The old token of ${name} is dead, and no token here can bring the new one back.`,
    {
      hint: `Run it again with --recovery-token NAME, a token of its owner or of a maintainer; or make a new one and give it to \`rotate --guided\`. ${path} remembers which it was.`,
    },
  );
}

export function stillborn(name: string): Failure {
  return new Failure('refused', `The new token of ${name} does not work.`, {
    hint: 'It may have been revoked meanwhile: look at it in the browser.',
  });
}

/** Neither the places nor this disk took the new token: it can be had once more, by the one that manages it. */
export function adrift({ code, message }: Failure, name: string, id: number): Failure {
  return new Failure(code, `${message} The new token of ${name} could not be kept on this disk either.`, {
    hint: `Mend the disk or the place, then run it again with --recover ${id}: the token that manages it makes one anew.`,
  });
}

export function anotherToken(name: string, { path }: Journal): Failure {
  return new Failure(
    'refused',
    `${path} remembers the rotation of another token than ${name} has now, and holds a new one that works. Nothing was rotated.`,
    {
      hint: 'It may be of a credential of the same name in another manifest: rotate that first. Or keep what is in the file, and delete it.',
    },
  );
}

export function notLost(name: string, id: number): Failure {
  return new Failure('refused', `Token ${id} works: nothing of it got lost, and it is not that of ${name}.`, {
    hint: 'Take the number from the log of the rotation that got lost.',
  });
}

export function deadAlready(name: string): Failure {
  return new Failure(
    'refused',
    `The token of ${name} is dead: it expired, or was revoked or rotated elsewhere.`,
    {
      hint: 'If a rotation of it got lost, give its number (--recover ID, from that log); else make a new one and give it to `rotate --guided`.',
    },
  );
}
