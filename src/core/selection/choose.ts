import type { Problem } from '../failure.ts';
import type { Credential } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';
import { type Catalog, type Group, groupOf } from './catalog.ts';
import { exclusion } from './coverage.ts';
import { type Contest, isExpired, reaches, stages } from './ranking.ts';
import { whyNobody, whyNot, whyThis } from './reasons.ts';
import type { Circumstances, Selection, Verdict } from './selection.ts';

/** The credential that serves a target, by the manifest's pin or by the ranking of those on its longest prefix. */
export function choose(catalog: Catalog, target: Target, circumstances: Circumstances): Selection {
  const contest = { target, circumstances };
  if (target.pinned !== null) return choosePinned(catalog, contest, target.pinned);
  const group = groupOf(catalog, target, circumstances.environment);
  const winner = group === null ? null : winnerOf(group, contest);
  if (winner !== null) return { target, credential: winner, reason: whyThis(winner, target), problem: null };
  const reason = whyNobody(group?.members ?? [], contest);
  return { target, credential: null, reason, problem: target.access === 'write' ? noWriter(target, reason) : null };
}

/** The group after each stage of the ranking, as the stages see it. */
export function winnerOf(group: Group, contest: Contest): Credential | null {
  const { target, circumstances } = contest;
  if (group.hasLimits && !group.members.every((credential) => reaches(credential, target))) {
    return rank(group.members, contest);
  }
  const key = `${target.access} ${circumstances.now.getTime()}`;
  const known = group.ranked.get(key);
  if (known !== undefined) return known;
  const winner = rank(group.members, contest);
  group.ranked.set(key, winner);
  return winner;
}

function rank(members: readonly Credential[], contest: Contest): Credential | null {
  return stages.reduce((left, { keep }) => keep(left, contest), members)[0] ?? null;
}

function choosePinned(catalog: Catalog, contest: Contest, name: string): Selection {
  const { target } = contest;
  const credential = catalog.byName.get(name);
  const verdict = credential === undefined ? null : whyNotPinned(catalog, credential, contest);
  if (credential !== undefined && verdict === null) {
    return { target, credential, reason: 'the manifest pins this target to it', problem: null };
  }
  const reason =
    credential === undefined || verdict === null
      ? `the target is pinned to ${name}, which the manifest does not have`
      : `the target is pinned to ${name}: ${whyNot(verdict, credential, contest)}`;
  return { target, credential: null, reason, problem: cannotPin(target, reason) };
}

/** A pin skips the ranking, never host, provider, path, expiry or what the credential is good for. */
function whyNotPinned(catalog: Catalog, credential: Credential, contest: Contest): Verdict | null {
  const excluded = exclusion(catalog, credential, contest);
  if (excluded !== null) return excluded;
  if (!reaches(credential, contest.target)) return 'other-path';
  if (isExpired(credential, contest.circumstances)) return 'expired';
  return contest.target.access === 'write' && credential.access === 'read' ? 'read-only' : null;
}

function noWriter(target: Target, reason: string): Problem {
  return problemOf(target, {
    code: 'no-credential',
    message: `${target.given}: needs write access, but ${reason}`,
    hint: 'add a credential that may write there, or ask for `access: read`',
  });
}

function cannotPin(target: Target, reason: string): Problem {
  return problemOf(target, {
    code: 'pin-refused',
    message: `${target.given}: ${reason}`,
    hint: 'pin a credential that covers the target, or leave `credential` out',
  });
}

function problemOf(
  { place }: Target,
  { code, message, hint }: { code: string; message: string; hint: string },
): Problem {
  return {
    severity: 'error',
    code,
    path: place?.path ?? '',
    ...(place?.source ? { source: place.source } : {}),
    line: place?.line ?? null,
    column: place?.column ?? null,
    message,
    hint,
  };
}
