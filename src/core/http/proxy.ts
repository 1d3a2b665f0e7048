import { BlockList, isIP } from 'node:net';
import type { Env } from '../env.ts';
import { Failure } from '../failure.ts';
import { isLoopback } from '../host.ts';

/**
 * The proxy that an https request goes through by `https_proxy`, `HTTPS_PROXY` and `NO_PROXY`, lower case first as
 * in curl and git; null for none, and always for loopback (security rule 8).
 * @throws Failure `refused` when the variable holds no URL of an http or https proxy; the value may bear a password
 * and is never shown.
 */
export function proxyFor(url: URL, env: Env): URL | null {
  const name = ['https_proxy', 'HTTPS_PROXY'].find((candidate) => (env[candidate] ?? '') !== '');
  if (name === undefined || url.protocol !== 'https:' || isLoopback(url.host)) return null;
  if (isExempt(url, env.no_proxy || env.NO_PROXY || '')) return null;
  const text = env[name] ?? '';
  const written = text.includes('://') ? text : `http://${text}`;
  const proxy = URL.canParse(written) ? new URL(written) : null;
  if (proxy === null || !/^https?:$/.test(proxy.protocol) || /%(?![\da-f]{2})/i.test(proxy.href)) {
    throw new Failure('refused', `The variable ${name} is not the address of an http or https proxy.`, {
      hint: `Write it like \`http://proxy.example.com:3128\`, or name ${url.hostname} in NO_PROXY.`,
    });
  }
  return proxy;
}

/** Entries are hosts (which cover their subdomains), `host:port`, address ranges like `10.0.0.0/8`, or `*`. */
function isExempt(url: URL, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || isNamed(url, entry) || isWithin(url.hostname, entry));
}

function isNamed(url: URL, entry: string): boolean {
  const [, host = '', port] = /^(?:\*?\.)?(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  if (host === '' || (port !== undefined && port !== (url.port || '443'))) return false;
  return url.hostname === host || url.hostname.endsWith(`.${host}`);
}

function isWithin(hostname: string, entry: string): boolean {
  const address = bare(hostname);
  const [, network = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const version = isIP(bare(network));
  if (version === 0 || version !== isIP(address) || Number(bits) > (version === 4 ? 32 : 128)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(bare(network), Number(bits), family);
  return range.check(address, family);
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
