import type { Credential } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';
import type { Circumstances, Verdict } from './selection.ts';

/** What a stage of the ranking looks at. */
export interface Contest {
  readonly target: Target;
  readonly circumstances: Circumstances;
}

/** One step of the ranking: those it does not keep lose with its verdict. */
export interface Stage {
  readonly verdict: Verdict;
  readonly keep: (group: readonly Credential[], contest: Contest) => readonly Credential[];
}

/**
 * The ranking within a winning group, in order. Stages before `broader-than-needed` may leave nobody, then the
 * target has no credential: selection never widens silently.
 */
export const stages: readonly Stage[] = [
  {
    verdict: 'other-path',
    keep: (group, { target }) => group.filter((credential) => reaches(credential, target)),
  },
  {
    verdict: 'expired',
    keep: (group, { circumstances }) => group.filter((credential) => !isExpired(credential, circumstances)),
  },
  {
    verdict: 'read-only',
    keep: (group, { target }) =>
      target.access === 'write' ? group.filter(({ access }) => access !== 'read') : group,
  },
  {
    verdict: 'broader-than-needed',
    keep: (group, { target }) =>
      target.access === 'read' ? preferring(group, ({ access }) => access === 'read') : group,
  },
  { verdict: 'not-default', keep: (group) => preferring(group, ({ isDefault }) => isDefault) },
  { verdict: 'shorter-lived', keep: (group) => greatest(group, lifetime) },
  { verdict: 'later-in-manifest', keep: (group) => greatest(group, ({ order }) => -order) },
];

/** Whether a credential's own limits leave the target within its reach: an App may be limited to repositories. */
export function reaches({ signIn }: Credential, target: Target): boolean {
  if (signIn.kind !== 'app' || target.kind === 'registry' || signIn.repositories === 'all') return true;
  if (target.wildcard) return false;
  const name = target.location.segments.at(-1)?.toLowerCase();
  return signIn.repositories === 'listed' || signIn.repositories.some((listed) => lastSegment(listed) === name);
}

/** Whether `reaches` may say no: most credentials reach all that is below their base URL. */
export function isLimited({ signIn }: Credential): boolean {
  return signIn.kind === 'app' && signIn.repositories !== 'all';
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

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}

function preferring(group: readonly Credential[], test: (credential: Credential) => boolean) {
  return group.some(test) ? group.filter(test) : group;
}

function greatest(group: readonly Credential[], value: (credential: Credential) => number) {
  if (group.length < 2) return group;
  const most = group.reduce((best, credential) => Math.max(best, value(credential)), Number.NEGATIVE_INFINITY);
  return group.filter((credential) => value(credential) === most);
}
