/** One way a server offers to sign in: `Bearer realm="https://auth.docker.io/token",service="registry.docker.io"`. */
export interface Challenge {
  /** Lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** Names are lower case; of a name given twice the first value counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** What one header can hold is bounded, since it is a foreign server's word. */
const longest = 16_384;

const separators = /[\s,]*/y;
const word = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const assigned = /[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"|([!#$%&'*+.^_`|~0-9A-Za-z-]*))/y;
const credentials = /[ \t]+[0-9A-Za-z._~+/-]+=*(?=[ \t]*(?:,|$))/y;

/**
 * Reads a `WWW-Authenticate` header, also when it holds several challenges (several headers joined by commas).
 * What cannot be read is left out: an empty list means that there is no challenge to answer. Never throws.
 * https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const text = header.slice(0, longest);
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = take(separators, text, 0)?.end ?? 0;
  for (let name = take(word, text, at); name !== null; name = take(word, text, at)) {
    const value = take(assigned, text, name.end);
    if (value === null) {
      challenges.push({ scheme: name.text.toLowerCase(), parameters: new Map() });
      at = take(credentials, text, name.end)?.end ?? name.end;
    } else {
      const [, quoted, plain] = value.groups;
      const parameters = challenges.at(-1)?.parameters;
      const key = name.text.toLowerCase();
      if (parameters?.has(key) === false)
        parameters.set(key, quoted?.replace(/\\([\s\S])/g, '$1') ?? plain ?? '');
      at = value.end;
    }
    at = take(separators, text, at)?.end ?? at;
  }
  return challenges;
}

/** The challenge to answer: a Bearer one that names a token service, else Basic; null when neither is offered. */
export function preferredChallenge(challenges: readonly Challenge[]): Challenge | null {
  const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'));
  return bearer ?? challenges.find(({ scheme }) => scheme === 'basic') ?? null;
}

function take(pattern: RegExp, text: string, start: number) {
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  return match === null ? null : { text: match[0], groups: match, end: start + match[0].length };
}
