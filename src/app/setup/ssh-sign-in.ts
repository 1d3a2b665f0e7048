import { Failure } from '../../core/failure.ts';
import { type Fault, isFault } from '../../core/fault.ts';
import type { Credential, ResolvedSignIn } from '../../core/manifest/manifest.ts';
import type { Use } from '../../core/selection/uses.ts';
import { gitPrefixes } from '../../core/session/git-prefixes.ts';
import type { GitOnlySignIn } from '../../core/session/grant.ts';
import { knownHostsFor } from '../../core/session/known-hosts.ts';
import { type SshRule, sshRule } from '../../core/session/ssh-rule.ts';
import { readSshKey } from '../../core/ssh-key.ts';
import { webSite } from '../../core/target/hosts.ts';
import type { GitProvider } from '../../providers/provider.ts';
import type { Selected } from './selected.ts';

type SshKey = Extract<ResolvedSignIn, { kind: 'ssh-key' }>;

/**
 * An ssh key with the host keys of every server that it is for.
 * @throws Failure `refused` for a key that ssh cannot use, and where nothing says which key a server has.
 */
export function sshSignIn(
  signIn: SshKey,
  use: Use,
  place: { readonly provider: GitProvider; readonly selected: Selected },
): GitOnlySignIn {
  const { credential } = use;
  const server = credential.ssh[0] ?? null;
  const servers = new Map(
    rulesOf(use, place).map(({ server: { host, port } }) => [`${host}:${port}`, { host, port }]),
  );
  if (servers.size === 0 && gitPrefixes(use, place.selected.hosts).length > 0)
    throw refused(credential, noServer);
  const hosts = [...servers.values()].map(({ host, port }) => {
    return ok(
      credential,
      knownHostsFor({ host: host.replace(/^\[|\]$/g, ''), port }, signIn.knownHosts ?? null),
    );
  });
  return { kind: 'ssh-key', key: ok(credential, readSshKey(signIn.key)), knownHosts: hosts.join(''), server };
}

function rulesOf(
  use: Use,
  { provider, selected: { hosts } }: { readonly provider: GitProvider; readonly selected: Selected },
): readonly SshRule[] {
  const { ssh } = use.credential;
  const targets = use.repositories === 'all' ? [] : use.repositories.map(({ location }) => location);
  return gitPrefixes(use, hosts).flatMap((prefix) => {
    const { location, kind } = prefix;
    const { root } = webSite(hosts, location.scheme, location.host);
    const rewrites = provider.rewrites({ location, kind, addresses: ssh, root, targets });
    return sshRule(prefix, rewrites, ssh[0] ?? null) ?? [];
  });
}

function ok<T>(credential: Credential, read: T | Fault): T {
  if (isFault(read)) throw refused(credential, read);
  return read;
}

function refused({ name }: Credential, { message, hint }: Fault): Failure {
  return new Failure('refused', `${name}: ${message}`, { hint });
}

const noServer: Fault = {
  code: 'ssh-server-missing',
  message: 'nothing says where the host has its ssh server for these repositories',
  hint: 'Name it: `ssh: [git@git.example.com:2222]`; on CodeCommit with the id of the key, APKA...@HOST; on Azure DevOps give `organization/project`, or repositories as targets.',
};
