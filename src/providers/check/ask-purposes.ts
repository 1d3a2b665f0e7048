import type { Question } from './provider-check.ts';
import { askHost, isReply, type Reply } from './reply.ts';

interface Lists {
  readonly headers: Record<string, string>;
  /** Where the API lists the webhooks or the pull requests of a repository: `acme/rnaseq`, percent-encoded. */
  readonly url: (repository: string, purpose: 'webhooks' | 'pull-requests') => string;
}

/**
 * What the host refuses of the purposes that no list of scopes tells: the first repository's webhooks and pull requests
 * are asked for, where the credential is declared to be for them.
 */
export async function refusedPurposes(
  question: Pick<Question, 'repositories' | 'credential' | 'fetch' | 'quote'>,
  { headers, url }: Lists,
): Promise<readonly Reply[]> {
  const target = question.repositories.find(({ wildcard }) => !wildcard);
  if (target === undefined) return [];
  const repository = target.location.segments.slice(-2).map(encodeURIComponent).join('/');
  const asked = (['webhooks', 'pull-requests'] as const).filter((purpose) =>
    question.credential.purposes.includes(purpose),
  );
  const replies = await Promise.all(
    asked.map((purpose) => askHost(question, url(repository, purpose), { headers })),
  );
  return replies.filter(isReply).filter(({ status }) => status === 403);
}
