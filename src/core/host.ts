/** A host as URLs name it: `hostname` lower case without port (IPv6 in brackets), `port` null when not written. */
export interface Host {
  readonly hostname: string;
  readonly port: number | null;
}

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainName = new RegExp(`^${label}(?:\\.${label})*$`);
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const numericEnd = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

/**
 * Reads `host` or `host:port` by a strict grammar: an ASCII name or an IP address, in any case. International names
 * only as punycode; no wildcard, percent sign, trailing dot, or short and hexadecimal IP address, since git and
 * URL parsers read those as something else (security rule 7). Null when it is none.
 */
export function parseHost(text: string): Host | null {
  const [, name, digits] = /^(\[[^\]]*\]|[^:]*)(?::([1-9]\d{0,4}))?$/.exec(text) ?? [];
  const hostname = name === undefined ? null : parseHostname(name.toLowerCase());
  const port = digits === undefined ? null : Number(digits);
  return hostname === null || (port !== null && port > 65_535) ? null : { hostname, port };
}

function parseHostname(name: string): string | null {
  if (name.startsWith('[')) return ipv6(name);
  if (numericEnd.test(name)) return ipv4.test(name) ? name : null;
  return name.length <= 253 && domainName.test(name) ? name : null;
}

function ipv6(name: string): string | null {
  if (!/^\[[0-9a-f:.]+\]$/.test(name)) return null;
  return URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : null;
}

/** `host` or `host:port`, leaving out the port that the scheme means anyway. */
export function hostText(host: Host, scheme: 'https' | 'http' | null): string {
  const own = scheme === 'https' ? 443 : scheme === 'http' ? 80 : null;
  return host.port === null || host.port === own ? host.hostname : `${host.hostname}:${host.port}`;
}

/** Whether this is our own machine: 127.0.0.0/8, ::1, localhost (security rule 8). Takes a host with or without port. */
export function isLoopback(host: string): boolean {
  const hostname = parseHost(host)?.hostname ?? '';
  return (
    hostname === 'localhost' || hostname === '[::1]' || (ipv4.test(hostname) && hostname.startsWith('127.'))
  );
}
