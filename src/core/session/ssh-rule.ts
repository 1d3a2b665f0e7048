import type { Rewrite } from '../host-rules.ts';
import type { SshAddress } from '../manifest/manifest.ts';
import type { GitPrefix } from './grant.ts';
import { prefixUrl } from './prefix-url.ts';

/** Where an ssh key serves: one prefix of git addresses, on one ssh server. */
export interface SshRule {
  readonly server: SshAddress;
  /** What git goes to: `ssh://git@github.com/acme/` or `ssh://git@github.com/acme/tool.git`. */
  readonly base: string;
  /** Every spelling that means the same, https ones first. */
  readonly spellings: readonly string[];
  /** The path as the server gets it, in each spelling and without `.git`: `acme/`, `acme/tool`, or empty for all. */
  readonly paths: readonly string[];
}

/**
 * Turns a prefix, whose rewrites lead from ssh to https, the other way round: to `preferred`, else the first server
 * that its rewrites name. Null when none of its addresses is an ssh one.
 */
export function sshRule(
  prefix: GitPrefix,
  rewrites: readonly Rewrite[],
  preferred: SshAddress | null,
): SshRule | null {
  const https = prefixUrl(prefix);
  const ours = rewrites.filter(({ from, to }) => from !== to);
  const read = ours.flatMap(({ from }) => {
    const parts = sshUrl.exec(from)?.groups;
    return parts === undefined ? [] : [{ from, server: serverOf(parts), path: parts.path ?? '' }];
  });
  const first = read.find(({ server }) => preferred === null || same(server, preferred));
  if (first === undefined) return null;
  const bare = prefix.bare ? (text: string) => text.replace(/\.git$/, '') : (text: string) => text;
  const here = read.filter(({ server }) => same(server, first.server));
  // Its shortest address leaves out what ssh means anyway, such as port 22.
  const [base = first] = here.toSorted((a, b) => a.from.length - b.from.length);
  const paths = here.map(({ path }) => decoded(path));
  return {
    server: first.server,
    base: bare(base.from),
    spellings: [...new Set([https, ...ours.map(({ from }) => bare(from))])],
    paths: [...new Set(paths)],
  };
}

const sshUrl = /^ssh:\/\/(?<user>[^@/:]+)@(?<host>\[[^\]]+\]|[^/:]+)(?::(?<port>\d+))?\/(?<path>.*)$/;

function serverOf({ user = '', host = '', port = '22' }: Record<string, string | undefined>): SshAddress {
  return { user, host, port: Number(port) };
}

function same(a: SshAddress, b: SshAddress): boolean {
  return a.user === b.user && a.host === b.host && a.port === b.port;
}

/** Git decodes the path of an ssh URL before it hands it on. */
function decoded(path: string): string {
  return decodeURIComponent(path).replace(/\.git$/, '');
}
