import type { Fault } from './fault.ts';
import { isAscii } from './text-form.ts';

/** Control, format (bidi among them) and line separator characters, and what a broken surrogate leaves. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * The decoded segments of a URL's path, without one trailing `/` and one trailing `.git`. Empty and dot segments,
 * backslashes and an encoded `.`, `/` or `\` are refused: hosts, proxies and git disagree on them (security rule 7).
 */
export function pathSegments(path: string): readonly string[] | Fault {
  const bare = path.replace(/^\//, '').replace(/\/$/, '');
  if (bare === '') return [];
  if (/\\|%(?:2e|2f|5c)/i.test(bare)) return encoded;
  const segments = bare.split('/').map(decode);
  if (segments.some((segment) => segment === null || isUnprintable(segment))) return undecodable;
  const last = segments.length - 1;
  const named = segments.map((segment, at) =>
    at === last ? (segment ?? '').replace(/\.git$/, '') : (segment ?? ''),
  );
  return named.some((segment) => segment === '' || segment === '.' || segment === '..') ? dotted : named;
}

/** Whether a path is another one or lies below it: `acme` never covers `acme-evil`. */
export function isPrefix(prefix: readonly string[], path: readonly string[]): boolean {
  return prefix.every((segment, index) => segment === path[index]);
}

function isUnprintable(segment: string): boolean {
  return !isAscii(segment) && unprintable.test(segment);
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

const encoded: Fault = {
  code: 'path-ambiguous',
  message: 'The path has a backslash, or an encoded dot, slash or backslash.',
  hint: 'Write the path plainly: segments with / between them.',
};
const undecodable: Fault = {
  code: 'path-undecodable',
  message: 'The path has a control character or a broken percent encoding.',
  hint: 'Percent-encode as UTF-8: %20 is a space, %25 a percent sign.',
};
const dotted: Fault = {
  code: 'path-ambiguous',
  message: 'The path has an empty segment, or one of . and .. alone.',
  hint: 'Write the path as the host shows it, with single slashes.',
};
