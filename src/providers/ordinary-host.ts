import type { Address, Rewrite, Site, SshPrefix } from '../core/host-rules.ts';
import { encodeSegment, type Location, locationUrl } from '../core/location.ts';
import type { SshAddress } from '../core/manifest/manifest.ts';

/** Hosts whose repositories have the same path over ssh as over https, a relative root apart. */
export function ordinaryCanonical(address: Address, site: Site): Location | null {
  const root = address.transport === 'ssh' ? site.root : [];
  return { scheme: site.scheme, host: site.host, segments: [...root, ...address.segments] };
}

export function noRoot(): readonly string[] {
  return [];
}

/** The path of an API's URL before the ending that all of its kind share (`/api/v4`): the server's relative root. */
export function rootOfApi(apiUrl: string | null, ending: string): readonly string[] {
  if (apiUrl === null) return [];
  const path = new URL(apiUrl).pathname.replace(/\/+$/, '');
  return path.endsWith(ending) ? path.slice(0, -ending.length).split('/').filter(Boolean) : [];
}

/** What an ordinary host's spellings depend on besides the prefix. */
export interface Spelling {
  /** Further ssh servers of the vendor. */
  readonly vendor?: readonly SshAddress[];
  /** Adds no lower-case spelling: the case of a path counts. */
  readonly caseCounts?: boolean;
  /** Where the host publishes pages: `acme/acme.github.io` begins like the rule for `acme/acme.git`. */
  readonly pages?: string;
}

/** Rewrites of an ordinary host: user `git` on port 22, then the vendor's and the credential's own ssh servers. */
export function ordinaryRewrites(prefix: SshPrefix, spelling: Spelling = {}): readonly Rewrite[] {
  const own = { user: 'git', host: hostname(prefix.location.host), port: 22 };
  return sshRewrites(prefix, [own, ...(spelling.vendor ?? []), ...prefix.addresses], spelling);
}

const endings = { host: '/', namespace: '/', repository: '.git' } as const;

/** Every spelling of a prefix on the given ssh servers. */
export function sshRewrites(
  prefix: SshPrefix,
  servers: readonly SshAddress[],
  { caseCounts = false, pages }: Spelling,
): readonly Rewrite[] {
  const below = prefix.location.segments.slice(prefix.root.length);
  const whole = below.length === 0;
  const path = below.map(encodeSegment).join('/');
  const ending = whole ? '/' : endings[prefix.kind];
  const to = locationUrl(whole ? { ...prefix.location, segments: prefix.root } : prefix.location) + ending;
  const starts = [...new Set(servers.flatMap(sshSpellings))];
  const paths = caseCounts ? [path] : [...new Set([path, path.toLowerCase()])];
  return starts.flatMap((start) =>
    paths.flatMap((spelt) => [
      { from: start + spelt + (whole ? '' : ending), to },
      ...(prefix.kind === 'repository' && isOwnName(below) ? guards(start + spelt, pages) : []),
    ]),
  );
}

function isOwnName(segments: readonly string[]): boolean {
  const [owner, name] = segments.slice(-2).map((segment) => segment.toLowerCase());
  return owner === name;
}

/** An identity rule, which git prefers for being longer, so that the pages' repository stays with the user's ssh key. */
function guards(repository: string, pages: string | undefined): readonly Rewrite[] {
  const sibling = `${repository}.${pages}`;
  return pages === undefined ? [] : [{ from: sibling, to: sibling }];
}

/** How people and tools write one ssh server, each ready for a path without a leading slash. */
function sshSpellings({ user, host, port }: SshAddress): readonly string[] {
  const schemes = ['ssh', 'git+ssh', 'ssh+git'];
  const at = `${user}@${host}`;
  if (port !== 22)
    return [`ssh://${host}:${port}/`, ...schemes.map((scheme) => `${scheme}://${at}:${port}/`)];
  return [
    `${at}:`,
    `${at}:/`,
    `${host}:`,
    `ssh://${host}/`,
    `ssh://${at}:22/`,
    ...schemes.map((scheme) => `${scheme}://${at}/`),
  ];
}

/** A host without its port. */
export function hostname(host: string): string {
  return host.replace(/:\d+$/, '');
}
