import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Fault } from '../fault.ts';
import { publicHostKeys } from './public-host-keys.ts';

/** An ssh server as known hosts name it. */
export interface SshServer {
  /** Lower case, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** What can stand in front of a host's key: https://man.openbsd.org/sshd#SSH_KNOWN_HOSTS_FILE_FORMAT */
const line =
  /^(?:(@cert-authority|@revoked)[ \t]+)?(\S+)[ \t]+([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t].*)?$/;

/**
 * The lines of a known hosts file for one server: from what the manifest gives, or the published keys of the public
 * hosts. Lines for other servers are left out, so that one credential's word counts for its own server only.
 */
export function knownHostsFor(server: SshServer, given: string | null): string | Fault {
  if (given === null) return published(server);
  const lines = given.split(/\r?\n/).map((text) => text.trim());
  const read: string[] = [];
  for (const text of lines.filter((each) => each !== '' && !each.startsWith('#'))) {
    const [, marker, hosts, type, key] = line.exec(text) ?? [];
    if (hosts === undefined || type === undefined || key === undefined || !isKey(type, key)) return badLine;
    if (names(hosts, server))
      read.push(`${marker === undefined ? '' : `${marker} `}${address(server)} ${type} ${key}\n`);
  }
  return read.some((text) => !text.startsWith('@revoked')) ? read.join('') : otherHosts(server);
}

function published(server: SshServer): string | Fault {
  const keys = publicHostKeys.get(address(server));
  if (keys !== undefined) return keys.map((key) => `${address(server)} ${key}\n`).join('');
  return {
    code: 'known-hosts-missing',
    message: `nothing says which key the ssh server ${address(server)} has`,
    hint: 'add `known-hosts` with the lines of `ssh-keyscan`, compared with what the administrator of the host publishes',
  };
}

/** As ssh looks it up: the port only when it is not 22. */
function address({ host, port }: SshServer): string {
  return port === 22 ? host : `[${host}]:${port}`;
}

/** Whether one of the names, which may be hashed, is the server. Patterns with `*`, `?` and `!` count for nothing. */
function names(hosts: string, server: SshServer): boolean {
  return hosts.split(',').some((name) => name.toLowerCase() === address(server) || isHashOf(name, server));
}

/** `|1|SALT|HASH`: HMAC-SHA1 of the name. */
function isHashOf(name: string, server: SshServer): boolean {
  const [, salt, hash] = /^\|1\|([A-Za-z0-9+/=]+)\|([A-Za-z0-9+/=]+)$/.exec(name) ?? [];
  if (salt === undefined || hash === undefined) return false;
  const expected = createHmac('sha1', Buffer.from(salt, 'base64')).update(address(server)).digest();
  const found = Buffer.from(hash, 'base64');
  return found.length === expected.length && timingSafeEqual(found, expected);
}

/** A public key says its own type, behind four bytes of length. */
function isKey(type: string, key: string): boolean {
  const blob = Buffer.from(key, 'base64');
  return blob.length > 4 && blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1') === type;
}

const badLine: Fault = {
  code: 'known-hosts-line',
  message: '`known-hosts` has a line that is none of a known hosts file',
  hint: 'write lines as `ssh-keyscan` prints them: HOST TYPE KEY',
};

function otherHosts(server: SshServer): Fault {
  return {
    code: 'known-hosts-other',
    message: `\`known-hosts\` has no key for ${address(server)}`,
    hint: `add the lines that \`ssh-keyscan -p ${server.port} ${server.host}\` prints, compared with what the host publishes`,
  };
}
