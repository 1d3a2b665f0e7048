import type { Credential } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';
import { type Catalog, groupOf } from './catalog.ts';
import { choose } from './choose.ts';
import { exclusion, isOfHost } from './coverage.ts';
import { reaches } from './limits.ts';
import { type Contest, lossAlone, stages } from './ranking.ts';
import { whyExcluded, whyLost } from './reasons.ts';
import type { Candidate, Circumstances, Explanation, Loss } from './selection.ts';

/** More would not be read. */
const most = 20;

/** A selection with one reason for every other credential: the nearest to the target first. */
export function explain(catalog: Catalog, target: Target, circumstances: Circumstances): Explanation {
  const contest = { target, circumstances };
  const selection = choose(catalog, target, circumstances);
  const group = groupOf(catalog, target, circumstances.environment)?.members ?? [];
  const losses = target.pinned === null ? lossesIn(group, contest) : new Map<Credential, Loss>();
  const winner = selection.credential;
  const shown = firstOf(nearestFirst(catalog, target, winner === null ? group : [winner, ...group]));
  const candidates = shown.map((credential): Candidate => {
    if (credential !== winner) return loser(catalog, credential, contest, losses);
    const verdict = target.pinned === null ? 'selected' : 'pinned';
    return { name: credential.name, verdict, reason: selection.reason };
  });
  return { ...selection, candidates, omitted: catalog.credentials.length - shown.length };
}

/** What cost each of the winning group the target. */
function lossesIn(
  group: readonly Credential[],
  { target, circumstances }: Contest,
): ReadonlyMap<Credential, Loss> {
  const losses = new Map<Credential, Loss>();
  const terms = { access: target.access, circumstances };
  const inReach = {
    loss: 'out-of-reach',
    keep: () => group.filter((each) => reaches(each, target)),
  } as const;
  let left = group;
  for (const { loss, keep } of [inReach, ...stages]) {
    const kept = new Set(keep(left, terms));
    for (const credential of left) if (!kept.has(credential)) losses.set(credential, loss);
    left = [...kept];
  }
  return losses;
}

/** Who competed, then who is for the target's host, then everybody; some several times. */
function* nearestFirst(catalog: Catalog, target: Target, competitors: readonly Credential[]) {
  yield* competitors;
  for (const credential of catalog.credentials) if (isOfHost(catalog, credential, target)) yield credential;
  yield* catalog.credentials;
}

function firstOf(credentials: Iterable<Credential>): readonly Credential[] {
  const shown = new Set<Credential>();
  for (const credential of credentials) {
    if (shown.size === most) break;
    shown.add(credential);
  }
  return [...shown];
}

function loser(
  catalog: Catalog,
  credential: Credential,
  contest: Contest,
  losses: ReadonlyMap<Credential, Loss>,
): Candidate {
  const { name } = credential;
  const { pinned } = contest.target;
  if (pinned !== null && pinned !== name) return lost(credential, 'not-pinned', contest);
  const why = exclusion(catalog, credential, contest);
  if (why !== null) return { name, verdict: why, reason: whyExcluded(why, credential, contest) };
  const alone = pinned === null ? null : lossAlone(credential, contest);
  return lost(credential, losses.get(credential) ?? alone ?? 'less-specific', contest);
}

function lost(credential: Credential, loss: Loss, contest: Contest): Candidate {
  const verdict = loss === 'out-of-reach' ? 'other-path' : loss;
  return { name: credential.name, verdict, reason: whyLost(loss, credential, contest) };
}
