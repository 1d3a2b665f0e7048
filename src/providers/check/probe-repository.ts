import { type Outcome, outcome } from '../../core/check/outcome.ts';
import { locationUrl } from '../../core/location.ts';
import type { Secret } from '../../core/secret.ts';
import type { RepositoryTarget } from '../../core/target/target.ts';
import { findRevision } from './find-revision.ts';
import { type GitAnswer, openRemote, type Remote } from './git-http.ts';
import { explainRefusal } from './git-refusal.ts';
import type { ProviderCheck, Question } from './provider-check.ts';

/** What is asked of one repository. */
export interface RepositoryQuestion extends Pick<Question, 'fetch' | 'now' | 'hostNow' | 'quote'> {
  readonly target: RepositoryTarget;
  readonly check: ProviderCheck;
  /** Name of the credential that serves it; null for an anonymous target. */
  readonly credential: string | null;
  /** Why nobody serves an anonymous target. */
  readonly whyNobody: string;
  readonly authorization: Secret | null;
  /** Whether its host was seen to take the credential. */
  readonly isAlive: boolean;
  /** Whether to tell all branches and tags. */
  readonly listsRevisions: boolean;
}

/** Whether a repository can be read, and pushed to where that is asked for, and what its revision is. */
export async function probeRepository(question: RepositoryQuestion): Promise<Outcome> {
  const { target, fetch, authorization } = question;
  if (target.wildcard) {
    return outcome({
      status: 'unknown',
      message: 'it stands for all repositories of its owner, and none of them was asked for',
      hint: 'List one repository as well to have the access proved.',
    });
  }
  const remote = { url: addressOf(question), authorization, fetch };
  const isOpen = await anybodyMayRead(question, remote);
  const answer = await openRemote(remote, 'git-upload-pack');
  if (answer.kind !== 'git') return refused(question, answer, 'read');
  const pushable = target.access === 'write' ? await openRemote(answer.remote, 'git-receive-pack') : null;
  if (pushable !== null && pushable.kind !== 'git') return refused(question, pushable, 'write');
  const found = await findRevision(answer, target.revision, question);
  const moved = answer.moved ? { hint: `It has moved: write ${answer.remote.url}.` } : {};
  return outcome({ ...readable(question, isOpen), ...moved, ...found });
}

function readable({ target, credential }: RepositoryQuestion, isOpen: boolean) {
  if (credential === null)
    return { status: 'anonymous', message: 'anybody can read it', proof: 'access' } as const;
  const message = target.access === 'write' ? 'it can be read and pushed to' : 'it can be read';
  return { status: 'ok', message, proof: isOpen ? 'access' : 'credential' } as const;
}

/** Known hosts refuse a bad credential at public repositories, too; of others nobody knows. */
async function anybodyMayRead({ check, credential }: RepositoryQuestion, remote: Remote): Promise<boolean> {
  if (credential === null || check.provider !== 'git') return false;
  return (await openRemote({ ...remote, authorization: null }, 'git-upload-pack')).kind === 'git';
}

function addressOf({ target: { location, given }, check }: RepositoryQuestion): string {
  const asGiven = /\.git\/*$/i.test(given) ? '.git' : '';
  return locationUrl(location) + (check.gitSuffix === 'as-given' ? asGiven : check.gitSuffix);
}

function refused(
  question: RepositoryQuestion,
  answer: Exclude<GitAnswer, { kind: 'git' }>,
  access: 'read' | 'write',
): Outcome {
  const { check, credential, whyNobody, isAlive, quote, target, now, hostNow } = question;
  const { host } = target.location;
  switch (answer.kind) {
    case 'unreachable':
      return outcome({ status: 'unreachable', message: answer.why, hint: answer.hint });
    case 'limited':
      return outcome({
        status: 'unknown',
        message: `${host} limits how often it may be asked`,
        hint: 'Run the check again later.',
      });
    case 'login-page':
      return outcome({
        status: 'denied',
        message: `${host} shows a login page instead of the repository`,
        hint: 'The credential does not work there, or a proxy stands in between.',
      });
    case 'elsewhere':
      return outcome({
        status: 'denied',
        message: `${host} sends git elsewhere, to ${quote(answer.location)}, and credentials do not follow`,
        hint: 'Write the new address.',
      });
    case 'refused': {
      const { status, text, header } = answer.reply;
      const ahead = hostNow(host).getTime() - now().getTime();
      const refusal = { status, text, header, credential, whyNobody, isAlive, access, quote, ahead };
      return outcome(check.refusal?.(refusal) ?? explainRefusal(refusal, host));
    }
  }
}
