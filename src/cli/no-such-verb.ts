import { Failure } from '../core/failure.ts';
import { nearest } from '../core/manifest/nearest.ts';
import { verbs } from './verbs.ts';

/** What to say of a command line that begins with no verb: the one that was meant, those that begin like it, or all. */
export function noSuchVerb(words: readonly string[]): Failure {
  const all = verbs.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const meant = nearest(words.slice(0, 2).join(' '), all) ?? nearest(words[0] ?? '', all);
  if (meant !== null) {
    return new Failure('usage', 'That is not a verb.', { hint: `Write \`${meant}\`, or see --help.` });
  }
  const begun = verbs.map(({ name }) => name).filter((name) => name.startsWith(`${words[0]} `));
  return begun.length > 0
    ? new Failure('usage', `${words[0]} is the first word of several verbs.`, { hint: oneOf(begun) })
    : new Failure('usage', 'The first word is not a verb.', { hint: oneOf(verbs.map(({ name }) => name)) });
}

function oneOf(names: readonly string[]): string {
  return `It is one of ${names.join(', ')}. --help tells more.`;
}
