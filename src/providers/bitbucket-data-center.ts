import type { Address, Rewrite, Site, SshPrefix } from '../core/host-rules.ts';
import type { Location } from '../core/location.ts';
import type { ResolvedSignIn } from '../core/manifest/manifest.ts';
import { hostname, sshRewrites } from './ordinary-host.ts';
import type { GitProvider } from './provider.ts';
import { userAndSecret } from './user-and-secret.ts';

/** Bitbucket Data Center (and Server), also below a context path. Over https repositories stand below `/scm/`. */
export const bitbucketDataCenter: GitProvider = {
  provider: 'bitbucket-data-center',
  aliases: ['bitbucket-server'],
  publicOrigin: null,
  covers: () => false,
  webHost: () => null,
  caseSensitive: false,
  root: ({ segments }) => [...context(segments), 'scm'],
  canonical,
  rewrites,
  signIns: ['token', 'password', 'ssh-key'],
  needsUsername: ['password'],
  usesEmail: false,
  needsUrl: true,
  selfHosted: true,
  dateEnds: 'after-the-day',
  retired: {},
  login: (signIn, credential) => (isBearer(signIn) ? null : userAndSecret(signIn, credential, '')),
  gitOnly: (signIn) => (isBearer(signIn) ? { kind: 'bearer', token: signIn.token } : null),
  advice: () => [],
};

/**
 * Tokens of a project or a repository belong to nobody: the server takes them as a Bearer only, and so it does those of a
 * user. https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html
 */
function isBearer(signIn: ResolvedSignIn): signIn is Extract<ResolvedSignIn, { kind: 'token' }> {
  return signIn.kind === 'token' && signIn.username === undefined;
}

/** Where the server itself begins: what stands before `scm`, `projects` or `users`, else the whole path. */
function context(segments: readonly string[]): readonly string[] {
  const end = segments.findIndex((segment) => ['scm', 'projects', 'users'].includes(segment));
  return end === -1 ? segments : segments.slice(0, end);
}

function canonical({ transport, segments }: Address, { scheme, host, root }: Site): Location {
  if (transport === 'ssh') return { scheme, host, segments: [...root, ...segments] };
  const before = context(segments);
  return { scheme, host, segments: [...before, ...withoutPages(segments.slice(before.length))] };
}

/** `projects/KEY/repos/name/browse` is the page of `scm/KEY/name`, `users/me/repos/name` that of `scm/~me/name`. */
function withoutPages(segments: readonly string[]): readonly string[] {
  const [kind, owner, repos, name] = segments;
  if ((kind !== 'projects' && kind !== 'users') || owner === undefined) return segments;
  const key = kind === 'users' ? `~${owner}` : owner;
  return repos === 'repos' && name !== undefined ? ['scm', key, name] : ['scm', key];
}

/** https://confluence.atlassian.com/bitbucketserver/enabling-ssh-access-to-git-repositories-776640358.html */
function rewrites(prefix: SshPrefix): readonly Rewrite[] {
  const usual = { user: 'git', host: hostname(prefix.location.host), port: 7999 };
  return sshRewrites(prefix, [usual, ...prefix.addresses], {});
}
