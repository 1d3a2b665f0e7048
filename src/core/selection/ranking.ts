import type { Credential } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';
import type { Group } from './group.ts';
import { reaches } from './limits.ts';
import type { Circumstances, Loss } from './selection.ts';

/** A target in search of a credential. */
export interface Contest {
  readonly target: Target;
  readonly circumstances: Circumstances;
}

/** What the ranking depends on besides the credentials. */
export interface Terms {
  readonly access: 'read' | 'write';
  readonly circumstances: Circumstances;
}

/** One step of the ranking: whom it does not keep has lost. */
export interface Stage {
  readonly loss: Loss;
  readonly keep: (group: readonly Credential[], terms: Terms) => readonly Credential[];
}

/**
 * The ranking of those that reach a target from one prefix, in order. The first two may leave nobody, then the target has
 * no credential: selection never widens silently.
 */
export const stages: readonly Stage[] = [
  {
    loss: 'expired',
    keep: (group, { circumstances }) => group.filter((credential) => !isExpired(credential, circumstances)),
  },
  {
    loss: 'read-only',
    keep: (group, { access }) =>
      access === 'write' ? group.filter((each) => each.access !== 'read') : group,
  },
  {
    loss: 'broader-than-needed',
    keep: (group, { access }) =>
      access === 'read' ? preferring(group, (each) => each.access === 'read') : group,
  },
  { loss: 'not-default', keep: (group) => preferring(group, ({ isDefault }) => isDefault) },
  { loss: 'shorter-lived', keep: (group) => greatest(group, lifetime) },
  { loss: 'later-in-manifest', keep: (group) => greatest(group, ({ order }) => -order) },
];

/** Who of a group serves a target; decided once for all targets that the whole group reaches. */
export function winnerOf(group: Group, { target, circumstances }: Contest): Credential | null {
  const terms = { access: target.access, circumstances };
  const reaching = group.hasLimits ? group.members.filter((each) => reaches(each, target)) : group.members;
  if (reaching.length < group.members.length) return first(reaching, terms);
  const key = `${target.access} ${circumstances.now.getTime()}`;
  const known = group.ranked?.get(key);
  if (known !== undefined) return known;
  const winner = first(reaching, terms);
  group.ranked ??= new Map();
  group.ranked.set(key, winner);
  return winner;
}

function first(group: readonly Credential[], terms: Terms): Credential | null {
  return stages.reduce((left, { keep }) => keep(left, terms), group)[0] ?? null;
}

/** Those between which only their order in the manifest decides. */
export function equals(group: readonly Credential[], terms: Terms): readonly Credential[] {
  return stages.slice(0, -1).reduce((left, { keep }) => keep(left, terms), group);
}

/** Why a credential that covers the target could not serve it even alone, or null. */
export function lossAlone(credential: Credential, { target, circumstances }: Contest): Loss | null {
  if (!reaches(credential, target)) return 'out-of-reach';
  const terms = { access: target.access, circumstances };
  return stages.find(({ keep }) => keep([credential], terms).length === 0)?.loss ?? null;
}

/** Whether the manifest says that it has ended. */
export function isExpired({ expires }: Credential, { now }: Pick<Circumstances, 'now'>): boolean {
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
  const most = group.reduce((best, each) => Math.max(best, value(each)), Number.NEGATIVE_INFINITY);
  return group.filter((each) => value(each) === most);
}
