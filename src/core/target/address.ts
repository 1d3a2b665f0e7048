import { type Fault, isFault } from '../fault.ts';
import { type Host, parseHost } from '../host.ts';
import type { Address } from '../host-rules.ts';
import { pathSegments } from '../path-segments.ts';
import { isAscii } from '../text-form.ts';
import { parseCodecommit } from './codecommit-address.ts';

/**
 * Reads every shape in which people write a repository's address: `https://` with or without user info, `ssh://`,
 * `git+ssh://`, `ssh+git://`, scp-like, `codecommit::region://name`, and `host/path` alone. By hand, since no URL parser
 * takes `ssh://git@ssh.dev.azure.com:v3/...`, and all mend what must be refused (security rule 7).
 */
export function parseAddress(text: string): Address | Fault {
  if (/ write$/.test(text)) return accessInside;
  if (/[\s\\]/.test(text) || isInvisible(text) || text.length > 2048) return badCharacters;
  if (/^codecommit:/i.test(text)) return parseCodecommit(text);
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme !== undefined) return withScheme(scheme.toLowerCase(), rest);
  if (/^(?:https?|ssh|git\+ssh|ssh\+git|git|file):/i.test(text)) return otherScheme;
  if (/^(?:[a-z]:|[/~.])/i.test(text) && !/^[a-z]:[^/]/i.test(text)) return file;
  return withoutScheme(text);
}

function isInvisible(text: string): boolean {
  return !isAscii(text) && /\p{C}/u.test(text);
}

const transports = new Map<string, 'https' | 'http' | 'ssh'>([
  ['https', 'https'],
  ['http', 'http'],
  ['ssh', 'ssh'],
  ['git+ssh', 'ssh'],
  ['ssh+git', 'ssh'],
]);

function withScheme(scheme: string, rest: string): Address | Fault {
  const transport = transports.get(scheme);
  if (transport === undefined) return scheme === 'git' ? gitProtocol : scheme === 'file' ? file : otherScheme;
  const parts = split(rest);
  if (isFault(parts)) return parts;
  const { user, authority, path } = parts;
  // Some write the scp-like colon behind ssh://, Azure DevOps among them: what is no number is no port.
  const [, hostname, start] = (transport === 'ssh' && /^(\[[^\]]*\]|[^:]*):(\D.*)$/.exec(authority)) || [];
  return hostname === undefined
    ? located({ transport, user, authority, path })
    : located({ transport, user, authority: hostname, path: `${start}${path}` });
}

function withoutScheme(text: string): Address | Fault {
  const parts = split(text);
  if (isFault(parts)) return parts;
  const { user, authority, path } = parts;
  const [, hostname = '', start] = /^(\[[^\]]*\]|[^:]*):(.*)$/.exec(authority) ?? [];
  const port = start !== undefined && /^\d+$/.test(start) && user === null;
  if (start !== undefined && !port) {
    return located({ transport: 'ssh', user, authority: hostname, path: `${start}${path}` });
  }
  if (!port && !/\.|^\[|^localhost$/i.test(authority)) return noHost;
  return located({ transport: 'https', user: null, authority, path });
}

interface Parts {
  readonly user: string | null;
  /** `host` or `host:port`, or what stands there. */
  readonly authority: string;
  readonly path: string;
}

/** Takes user info off: its password is dropped here, its user kept where it is one. */
function split(text: string): Parts | Fault {
  const [, before = '', path = ''] = /^([^/?#]*)(.*)$/s.exec(text) ?? [];
  if (/[?#]/.test(path)) return query;
  if (/^\/[\w./~-]+@[\w./-]+$/.test(path) && !before.includes(':')) return revisionInside;
  if (path.includes('@')) return ambiguous;
  const [userInfo, authority, ...more] = before.includes('@') ? before.split('@') : [null, before];
  if (authority === undefined || userInfo === undefined || more.length > 0) return ambiguous;
  const user = userInfo !== null && /^[\w.~+-]+$/.test(userInfo) ? userInfo : null;
  return { user, authority, path };
}

const ownPort = { https: 443, http: 80, ssh: 22 } as const;

function located(parts: Parts & { readonly transport: 'https' | 'http' | 'ssh' }): Address | Fault {
  const { transport, authority, path } = parts;
  const host: Host | null = parseHost(authority);
  if (host === null) return badHost;
  const segments = pathSegments(path);
  if (isFault(segments)) return segments;
  if (segments.length === 0) return noPath;
  const port = host.port === ownPort[transport] ? null : host.port;
  return {
    transport,
    hostname: host.hostname,
    port,
    user: transport === 'ssh' ? parts.user : null,
    segments,
  };
}

const spelling = 'Write https://HOST/OWNER/NAME, or an ssh address such as git@HOST:OWNER/NAME.git.';
const badCharacters: Fault = {
  code: 'target-characters',
  message: 'The address has a space, a backslash or a control character, or is too long.',
  hint: spelling,
};
const accessInside: Fault = {
  code: 'target-access-inside',
  message: 'In a manifest the access is a key of its own.',
  hint: 'Write { url: ..., access: write }.',
};
const revisionInside: Fault = {
  code: 'target-user-info',
  message: 'With its @ the address can be read in two ways.',
  hint: 'Write a revision as a key of its own: { url: ..., revision: v2.1.0 }. An @ of the path is %40.',
};
const gitProtocol: Fault = {
  code: 'target-scheme',
  message: 'git:// knows no sign-in and no encryption.',
  hint: 'Write https:// in its place.',
};
const file: Fault = {
  code: 'target-file',
  message: 'This is a path of this machine, which needs no credential.',
  hint: spelling,
};
const otherScheme: Fault = {
  code: 'target-scheme',
  message: 'Repositories are reached over https or ssh.',
  hint: spelling,
};
const query: Fault = {
  code: 'target-query',
  message: 'The address has a query or a fragment.',
  hint: 'Remove everything from the ? or # on; a revision is written as `revision`.',
};
const ambiguous: Fault = {
  code: 'target-user-info',
  message: 'With its @ the address can be read in two ways.',
  hint: 'Write it without user name and secret, and an @ of the path as %40. If the secret was real, replace it.',
};
const badHost: Fault = {
  code: 'target-host',
  message: 'The address has no host that can be trusted to mean one machine.',
  hint: 'Write an ASCII host name or IP address, with :PORT if needed; international names as punycode (xn--...), no wildcard, no trailing dot.',
};
const noHost: Fault = { code: 'target-host', message: 'The address names no host.', hint: spelling };
const noPath: Fault = {
  code: 'target-path',
  message: 'The address names a host but no repository.',
  hint: spelling,
};
