import type { Fault } from '../fault.ts';
import { isFault } from '../fault.ts';
import { isLoopback, parseHost } from '../host.ts';
import type { Address } from '../host-rules.ts';
import { pathSegments } from '../path-segments.ts';

/**
 * Reads a base URL: https (http on loopback only, security rule 8), a host, a path of plain segments; no user info,
 * no query, no fragment (security rule 7).
 */
export function parseBaseUrl(text: string): Address | Fault {
  const [, scheme, authority = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/\\?#]*)(.*)$/is.exec(text) ?? [];
  const transport = scheme?.toLowerCase();
  if (transport !== 'https' && transport !== 'http') return noScheme;
  if (authority.includes('@')) return userInfo;
  if (/[?#]/.test(rest)) return query;
  if (/^\/(?:.*\/)?\*\/?$/.test(rest)) return star;
  const host = parseHost(authority);
  if (host === null) return noHost;
  if (transport === 'http' && !isLoopback(host.hostname)) return plainHttp;
  const segments = pathSegments(rest);
  return isFault(segments) ? segments : { transport, ...host, user: null, segments };
}

const noScheme: Fault = {
  code: 'url-scheme',
  message: 'This is not an https URL.',
  hint: 'Write https://HOST/PATH. The ssh forms of the same place are covered by it.',
};
const userInfo: Fault = {
  code: 'url-user-info',
  message: 'The URL has a user name or a secret before the host.',
  hint: 'Write the URL without it, and the secret as `token` or `password` of the credential. If it was real, replace it.',
};
const query: Fault = {
  code: 'url-query',
  message: 'The URL has a query or a fragment.',
  hint: 'Remove everything from the ? or # on.',
};
const star: Fault = {
  code: 'url-wildcard',
  message: 'A base URL has no wildcard.',
  hint: 'Remove the /*: a base URL covers everything below it.',
};
const plainHttp: Fault = {
  code: 'url-http',
  message:
    'A credential is sent over https only; http is for this machine alone (127.0.0.0/8, ::1, localhost).',
  hint: 'Write https://.',
};
const noHost: Fault = {
  code: 'url-host',
  message: 'The URL has no host that can be trusted to mean one machine.',
  hint: 'Write an ASCII host name or IP address, with :PORT if needed; international names as punycode (xn--...), no wildcard, no trailing dot.',
};
