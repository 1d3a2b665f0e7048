import type { Fault } from '../fault.ts';
import { group } from '../group.ts';
import { hostText, parseHost } from '../host.ts';
import type { Address, HostRules, Site } from '../host-rules.ts';
import type { Credential, GitProviderName } from '../manifest/manifest.ts';

/** An https service (http on loopback) and whose it is; null when nothing names it. */
export interface KnownSite extends Site {
  readonly provider: GitProviderName | null;
}

/** The hosts that a manifest and the providers know, compiled once for any number of targets. */
export interface HostTable {
  readonly rules: readonly HostRules[];
  /** Sites that base URLs name, by `scheme://host`. */
  readonly byOrigin: ReadonlyMap<string, KnownSite>;
  /** The same by host name, without port. */
  readonly byHostname: ReadonlyMap<string, readonly KnownSite[]>;
  /** The same by the `ssh` addresses of their credentials, `host:port`. */
  readonly bySsh: ReadonlyMap<string, readonly KnownSite[]>;
}

export function compileHosts(credentials: readonly Credential[], rules: readonly HostRules[]): HostTable {
  const byOrigin = new Map<string, KnownSite>();
  for (const credential of credentials) {
    const site = siteOfCredential(credential, rules);
    if (site === null) continue;
    const known = byOrigin.get(origin(site));
    // The longest root, so that the order of the manifest does not matter.
    if (known === undefined || known.root.length < site.root.length) byOrigin.set(origin(site), site);
  }
  return {
    rules,
    byOrigin,
    byHostname: byHostname([...byOrigin.values()]),
    bySsh: bySsh(credentials, byOrigin),
  };
}

/** The site that an address belongs to, or what is missing to tell. */
export function siteOf(table: HostTable, address: Address): KnownSite | Fault {
  if (address.transport === 'https' || address.transport === 'http') {
    return webSite(table, address.transport, hostText(address, address.transport));
  }
  const declared = table.bySsh.get(`${address.hostname}:${address.port ?? 22}`) ?? [];
  if (declared.length > 0) return theOne(declared);
  for (const { provider, webHost } of table.rules) {
    const host = webHost(address);
    if (host !== null) return { scheme: 'https', host, root: [], provider };
  }
  return address.transport === 'codecommit' ? theOnlyRegion(table) : sshSite(table, address.hostname);
}

/** Whether a host, with its port, is a public git host or named by a base URL. */
export function isKnownHost({ rules, byOrigin }: HostTable, host: string): boolean {
  const named = byOrigin.has(`https://${host}`) || byOrigin.has(`http://${host}`);
  return named || publicProvider(rules, host) !== null;
}

/** The site of an https address, or of an http one on loopback. */
export function webSite({ byOrigin, rules }: HostTable, scheme: 'https' | 'http', host: string): KnownSite {
  const provider = scheme === 'https' ? publicProvider(rules, host) : null;
  if (provider !== null) return { scheme, host, root: [], provider };
  return byOrigin.get(`${scheme}://${host}`) ?? { scheme, host, root: [], provider: null };
}

/** The port of an ssh address says nothing about the https service, its host does. */
function sshSite(table: HostTable, hostname: string): KnownSite | Fault {
  const provider = publicProvider(table.rules, hostname);
  if (provider !== null) return { scheme: 'https', host: hostname, root: [], provider };
  const sites = table.byHostname.get(hostname) ?? [];
  const usual = sites.find(({ scheme, host }) => scheme === 'https' && host === hostname);
  return sites.length === 0
    ? { scheme: 'https', host: hostname, root: [], provider: null }
    : (usual ?? theOne(sites));
}

function theOnlyRegion({ byOrigin }: HostTable): KnownSite | Fault {
  const [site, ...others] = [...byOrigin.values()].filter(({ provider }) => provider === 'codecommit');
  return site !== undefined && others.length === 0 ? site : noRegion;
}

function theOne(sites: readonly KnownSite[]): KnownSite | Fault {
  const [site, ...others] = sites;
  return site === undefined || others.length > 0 ? ambiguous : site;
}

/** The provider of a public host, which no manifest can rename. */
function publicProvider(rules: readonly HostRules[], host: string): GitProviderName | null {
  return rules.find(({ covers }) => covers(host))?.provider ?? null;
}

function siteOfCredential(
  { provider, base, apiUrl }: Credential,
  rules: readonly HostRules[],
): KnownSite | null {
  if (base === null || provider === 'registry') return null;
  const root = rules.find((rule) => rule.provider === provider)?.root(base, apiUrl) ?? [];
  return { scheme: base.scheme, host: base.host, root, provider };
}

function byHostname(sites: readonly KnownSite[]) {
  return group(sites.map((site) => [parseHost(site.host)?.hostname ?? site.host, site] as const));
}

function bySsh(credentials: readonly Credential[], sites: ReadonlyMap<string, KnownSite>) {
  const found = new Map<string, KnownSite[]>();
  for (const { base, ssh } of credentials) {
    const site = base === null ? undefined : sites.get(origin(base));
    if (site === undefined) continue;
    for (const { host, port } of ssh) {
      const others = found.get(`${host}:${port}`)?.filter((other) => other !== site) ?? [];
      found.set(`${host}:${port}`, [...others, site]);
    }
  }
  return found;
}

function origin({ scheme, host }: Pick<Site, 'scheme' | 'host'>): string {
  return `${scheme}://${host}`;
}

const ambiguous: Fault = {
  code: 'target-ambiguous',
  message: 'The manifest names several services of this host, and the ssh address does not tell which.',
  hint: 'Write the https address, or add `ssh` with host and port to the credentials of one of them.',
};
const noRegion: Fault = {
  code: 'target-codecommit',
  message: 'The address names no region, and the manifest does not name exactly one.',
  hint: 'Write codecommit::REGION://NAME.',
};
