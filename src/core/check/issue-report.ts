import { Failure } from '../failure.ts';

/** What the one tracked issue of a repository shall say. */
export interface IssueReport {
  /** Tells several checks of one repository apart. */
  readonly key: string;
  readonly title: string;
  /** Markdown, without the marker. */
  readonly body: string;
  /** Open while there is a problem, closed when all is well. */
  readonly isProblem: boolean;
  /** Whom the manifest says to tell about the credentials with problems. */
  readonly contacts: readonly string[];
}

/** What was done about it. */
export type IssueOutcome = 'opened' | 'reopened' | 'edited' | 'closed' | 'unchanged' | 'none';

/**
 * Reads an `issue-key`, which stands in a hidden comment.
 * @throws Failure `usage` for one that could end the comment.
 */
export function parseIssueKey(text: string): string {
  if (/^[A-Za-z0-9][\w.-]{0,63}$/.test(text)) return text;
  throw new Failure('usage', '`issue-key` is not a plain name.', {
    hint: 'Write letters, digits, dots, - and _ only, at most 64.',
  });
}

/** The hidden line by which an issue is known again. */
export function markerOf(key: string): string {
  return `<!-- pipeline-credentials check ${key} -->`;
}

/** Those of the contacts that can be a user name at a host, without the `@`: an e-mail address is none. */
export function userNames(contacts: readonly string[]): readonly string[] {
  const names = contacts.flatMap(
    (contact) => /^@?([A-Za-z0-9][\w.-]{0,63})$/.exec(contact.trim())?.[1] ?? [],
  );
  return [...new Set(names)];
}
