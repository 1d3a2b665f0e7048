import { parseRefs, type Ref } from '../../core/check/advertisement.ts';
import type { Outcome } from '../../core/check/outcome.ts';
import { pktLines } from '../../core/check/pkt-line.ts';
import { type Resolved, resolveRevision, revisionNames } from '../../core/check/revision.ts';
import { command, type GitAnswer } from './git-http.ts';
import type { Question } from './provider-check.ts';

type Opened = Extract<GitAnswer, { kind: 'git' }>;

interface Wish extends Pick<Question, 'quote'> {
  readonly listsRevisions: boolean;
}

/** What a revision means at an opened repository; an outcome that overrules the one of reading it. */
export async function findRevision(
  opened: Opened,
  wanted: string | null,
  { listsRevisions, quote }: Wish,
): Promise<Partial<Outcome>> {
  const narrow = listsRevisions ? null : await refsOf(opened, candidates(wanted));
  const first = narrow === null ? null : resolveRevision(wanted, narrow);
  const settled = first !== null && first.kind !== 'none' && first.kind !== 'abbreviated';
  const refs = settled ? (narrow ?? []) : await refsOf(opened, ['HEAD', 'refs/heads/', 'refs/tags/']);
  const resolved = settled ? first : resolveRevision(wanted, refs);
  const revisions = listsRevisions ? revisionNames(refs).map(quote) : null;
  return { ...(await told(opened, wanted, resolved, quote)), revisions };
}

/** The same for refs that are all known, of a repository that cannot be asked for a commit. */
export function settled(
  refs: readonly Ref[],
  wanted: string | null,
  { listsRevisions, quote }: Wish,
): Partial<Outcome> {
  const revisions = listsRevisions ? revisionNames(refs).map(quote) : null;
  return { ...meaning(wanted, resolveRevision(wanted, refs), quote), revisions };
}

/** The refs that begin with one of these; the server lists only those where it can. */
async function refsOf(
  { advertisement, remote }: Opened,
  prefixes: readonly string[],
): Promise<readonly Ref[]> {
  if (advertisement.version === 0) return advertisement.refs;
  const asked = ['peel', 'symrefs', ...prefixes.map((prefix) => `ref-prefix ${prefix}`)];
  return parseRefs((await command(remote, ['command=ls-refs'], asked)) ?? '');
}

function candidates(wanted: string | null): readonly string[] {
  if (wanted === null) return ['HEAD'];
  return [
    'HEAD',
    `refs/heads/${wanted}`,
    `refs/tags/${wanted}`,
    ...(wanted.startsWith('refs/') ? [wanted] : []),
  ];
}

async function told(
  opened: Opened,
  wanted: string | null,
  resolved: Resolved,
  quote: Question['quote'],
): Promise<Partial<Outcome>> {
  if (resolved.kind !== 'commit') return meaning(wanted, resolved, quote);
  const name = quote(wanted ?? '');
  const there = await hasCommit(opened, resolved.sha);
  if (there === null) return meaning(wanted, resolved, quote);
  return there ? { revision: { name, sha: resolved.sha } } : none(name, []);
}

function meaning(wanted: string | null, resolved: Resolved, quote: Question['quote']): Partial<Outcome> {
  const name = quote(wanted ?? '');
  switch (resolved.kind) {
    case 'found':
      return { revision: { name: quote(resolved.revision.name), sha: resolved.revision.sha } };
    case 'empty':
      return wanted === null || wanted === 'HEAD'
        ? { message: 'it can be read, and is empty' }
        : none(name, []);
    case 'abbreviated':
      return {
        status: 'unknown',
        message: `${name} may be the beginning of a commit id, which no host completes`,
        hint: 'Write all 40 digits, a branch or a tag.',
      };
    case 'none':
      return none(name, resolved.nearest.map(quote));
    case 'commit':
      return { message: 'it can be read; whether it has that commit cannot be asked there' };
  }
}

function none(name: string, nearest: readonly string[]): Partial<Outcome> {
  const like = nearest.length === 0 ? '' : `; there is ${nearest.join(', ')}`;
  return {
    status: 'no-such-revision',
    message: `there is no branch, tag or commit ${name}${like}`,
    hint: 'Correct `revision`; `pipeline-credentials check --revisions` lists what there is.',
  };
}

/**
 * Asks as a clone that already has the commit would: the server acknowledges what it knows and, told to wait, sends
 * nothing else. Null where it cannot be asked so. https://git-scm.com/docs/protocol-v2#_fetch
 */
async function hasCommit(opened: Opened, sha: string): Promise<boolean | null> {
  const fetches = opened.advertisement.capabilities.find((one) => one.startsWith('fetch='));
  const [tip] = await refsOf(opened, ['HEAD', 'refs/heads/']);
  if (fetches === undefined || !/\bwait-for-done\b/.test(fetches) || tip === undefined) return null;
  const body = ['wait-for-done', `want ${tip.sha}`, `have ${sha}`];
  const text = await command(opened.remote, ['command=fetch'], body);
  const lines = pktLines(text ?? '');
  if (lines.includes(`ACK ${sha}`)) return true;
  return lines.includes('NAK') ? false : null;
}
