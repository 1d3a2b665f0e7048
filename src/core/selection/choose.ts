import { type Problem, problemAt } from '../failure.ts';
import type { Credential } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';
import { type Catalog, groupOf } from './catalog.ts';
import { exclusion } from './coverage.ts';
import { type Contest, lossAlone, winnerOf } from './ranking.ts';
import { whyExcluded, whyLost, whyThis } from './reasons.ts';
import type { Circumstances, Selection } from './selection.ts';

/** The credential that serves a target, by the manifest's pin or by the ranking of those on its longest prefix. */
export function choose(catalog: Catalog, target: Target, circumstances: Circumstances): Selection {
  const contest = { target, circumstances };
  if (target.pinned !== null) return choosePinned(catalog, contest, target.pinned);
  const group = groupOf(catalog, target, circumstances.environment);
  const winner = group === null ? null : winnerOf(group, contest);
  if (winner !== null) return { target, credential: winner, reason: whyThis(winner, contest), problem: null };
  const reason = whyNobody(group?.members ?? [], contest);
  const problem = target.access === 'write' ? noWriter(target, reason) : null;
  return { target, credential: null, reason, problem };
}

function whyNobody(members: readonly Credential[], contest: Contest): string {
  const [first, ...others] = members;
  if (first === undefined) return 'no credential covers it';
  const loss = lossAlone(first, contest);
  const why = loss === null ? '' : `: ${whyLost(loss, first, contest)}`;
  return others.length === 0
    ? `${first.name} would serve it, but cannot${why}`
    : `${first.name} and ${others.length} more would serve it, but cannot; ${first.name}${why}`;
}

function choosePinned(catalog: Catalog, contest: Contest, name: string): Selection {
  const { target } = contest;
  const credential = catalog.byName.get(name);
  const obstacle =
    credential === undefined ? 'there is no such credential' : whyNotPinned(catalog, credential, contest);
  return credential !== undefined && obstacle === null
    ? { target, credential, reason: 'the manifest pins the target to it', problem: null }
    : refusedPin(target, `it is pinned to ${name}, but ${obstacle}`);
}

/** A pin skips the ranking, never host, provider, path or expiry, nor what the credential is good for. */
function whyNotPinned(catalog: Catalog, credential: Credential, contest: Contest): string | null {
  const why = exclusion(catalog, credential, contest);
  if (why !== null) return whyExcluded(why, credential, contest);
  const loss = lossAlone(credential, contest);
  return loss === null ? null : whyLost(loss, credential, contest);
}

function refusedPin(target: Target, reason: string): Selection {
  const problem = problemAt(target.place, {
    code: 'pin-refused',
    message: `${target.given}: ${reason}`,
    hint: 'Pin a credential that covers the target, or leave `credential` out.',
  });
  return { target, credential: null, reason, problem };
}

function noWriter(target: Target, reason: string): Problem {
  return problemAt(target.place, {
    code: 'no-credential',
    message: `${target.given} needs write access: ${reason}`,
    hint: 'Add a credential that may write there, or ask for `access: read`.',
  });
}
