import { isAscii } from '../text-form.ts';

/** ssh users that everybody has, and GitHub's organisations' certificates (`org-4711`): no secrets. */
const plainUser = /^(?:git|org-\d+)$/;

/**
 * An address as a person wrote it, fit to be shown: `***` for what may be user info, be the address well formed or not,
 * and for a query, since tokens stand there too; no control characters, at most 200 characters.
 */
export function printableAddress(text: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:(?::[\w-]+:)?\/\/)?(.*)$/is.exec(text) ?? [];
  const at = rest.lastIndexOf('@');
  const user = rest.slice(0, Math.max(at, 0));
  const shown = at < 0 || plainUser.test(user) ? text : `${scheme}***${rest.slice(at)}`;
  const safe = shown.replace(/[?#].*$/s, (tail) => `${tail[0]}***`);
  return (isAscii(safe) ? safe : safe.replace(/\p{C}/gu, '')).slice(0, 200);
}
