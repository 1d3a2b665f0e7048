import type { Credential } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';
import type { Group } from './group.ts';
import { reaches } from './limits.ts';
import type { Circumstances, Loss } from './selection.ts';

/** What a stage of the ranking looks at. */
export interface Contest {
  readonly target: Target;
  readonly circumstances: Circumstances;
}

/** One step of the ranking: whom it does not keep has lost. */
export interface Stage {
  readonly loss: Loss;
  readonly keep: (group: readonly Credential[], contest: Contest) => readonly Credential[];
}

/**
 * The ranking within a winning group, in order. Stages before `broader-than-needed` may leave nobody, then the
 * target has no credential: selection never widens silently.
 */
export const stages: readonly Stage[] = [
  {
    loss: 'out-of-reach',
    keep: (group, { target }) => group.filter((credential) => reaches(credential, target)),
  },
  {
    loss: 'expired',
    keep: (group, { circumstances }) => group.filter((credential) => !isExpired(credential, circumstances)),
  },
  {
    loss: 'read-only',
    keep: (group, { target }) =>
      target.access === 'write' ? group.filter(({ access }) => access !== 'read') : group,
  },
  {
    loss: 'broader-than-needed',
    keep: (group, { target }) =>
      target.access === 'read' ? preferring(group, ({ access }) => access === 'read') : group,
  },
  { loss: 'not-default', keep: (group) => preferring(group, ({ isDefault }) => isDefault) },
  { loss: 'shorter-lived', keep: (group) => greatest(group, lifetime) },
  { loss: 'later-in-manifest', keep: (group) => greatest(group, ({ order }) => -order) },
];

/** Who of a group serves a target; decided once for all targets that the group's members all reach. */
export function winnerOf(group: Group, contest: Contest): Credential | null {
  const { target, circumstances } = contest;
  if (group.hasLimits && !group.members.every((credential) => reaches(credential, target))) {
    return rank(group.members, contest);
  }
  const key = `${target.access} ${circumstances.now.getTime()}`;
  const known = group.ranked?.get(key);
  if (known !== undefined) return known;
  const winner = rank(group.members, contest);
  group.ranked ??= new Map();
  group.ranked.set(key, winner);
  return winner;
}

function rank(members: readonly Credential[], contest: Contest): Credential | null {
  return stages.reduce((left, { keep }) => keep(left, contest), members)[0] ?? null;
}

/** Why a credential that covers the target could not serve it even alone, or null. */
export function lossAlone(credential: Credential, contest: Contest): Loss | null {
  return stages.find(({ keep }) => keep([credential], contest).length === 0)?.loss ?? null;
}

export function isExpired({ expires }: Credential, { now }: Circumstances): boolean {
  return expires instanceof Date && expires.getTime() <= now.getTime();
}

/** When a credential ends, in milliseconds since 1970: Apps and passwords never do, undeclared ends come last. */
export function lifetime({ expires, signIn }: Credential): number {
  if (expires instanceof Date) return expires.getTime();
  const endless = expires === 'never' || signIn.kind === 'app' || signIn.kind === 'password';
  return endless ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

function preferring(group: readonly Credential[], test: (credential: Credential) => boolean) {
  return group.some(test) ? group.filter(test) : group;
}

function greatest(group: readonly Credential[], value: (credential: Credential) => number) {
  if (group.length < 2) return group;
  const most = group.reduce(
    (best, credential) => Math.max(best, value(credential)),
    Number.NEGATIVE_INFINITY,
  );
  return group.filter((credential) => value(credential) === most);
}
