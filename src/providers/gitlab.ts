import type { SshAddress } from '../core/manifest/manifest.ts';
import { ordinaryCanonical, ordinaryRewrites, rootOfApi } from './ordinary-host.ts';
import type { GitProvider } from './provider.ts';
import { looksLike } from './secret-shape.ts';
import { userAndSecret } from './user-and-secret.ts';

/** https://docs.gitlab.com/user/gitlab_com/#alternative-ssh-port */
const overPort443: readonly SshAddress[] = [{ user: 'git', host: 'altssh.gitlab.com', port: 443 }];

/** Kinds of GitLab token that git cannot sign in with: https://docs.gitlab.com/security/tokens/#token-prefixes */
const notForGit = [
  'glptt-',
  'glft-',
  'glrt-',
  'glrtr-',
  'gloas-',
  'glagent-',
  'glimt-',
  'glsoat-',
  'glffct-',
  'glwt-',
];

/** gitlab.com and self-managed GitLab, also below a relative root (then `api-url` tells it). */
export const gitlab: GitProvider = {
  provider: 'gitlab',
  aliases: [],
  publicOrigin: 'https://gitlab.com/',
  covers: (host) => host === 'gitlab.com',
  webHost: ({ hostname }) => (hostname === 'altssh.gitlab.com' ? 'gitlab.com' : null),
  caseSensitive: false,
  root: (_base, apiUrl) => rootOfApi(apiUrl, '/api/v4'),
  canonical: (address, site) =>
    ordinaryCanonical({ ...address, segments: withoutPage(address.segments) }, site),
  rewrites: (prefix) =>
    ordinaryRewrites(
      prefix,
      prefix.location.host === 'gitlab.com' ? { vendor: overPort443, pages: 'gitlab.io' } : {},
    ),
  signIns: ['token', 'password', 'ssh-key'],
  needsUsername: ['password'],
  usesEmail: false,
  needsUrl: false,
  selfHosted: true,
  dateEnds: 'as-it-begins',
  retired: {},
  login: (signIn, credential) => userAndSecret(signIn, credential, 'oauth2'),
  advice: (signIn, { name }) => {
    if (signIn.kind !== 'token') return [];
    if (looksLike(signIn.token, 'gldt-') && signIn.username === undefined) {
      return [`${name}: this looks like a deploy token, which needs its own user name; add \`username\``];
    }
    if (looksLike(signIn.token, ...notForGit)) {
      return [`${name}: this looks like a token of a kind that git cannot sign in with; use an access token`];
    }
    return [];
  },
};

/** What stands after `/-/` names a page of a project. */
function withoutPage(segments: readonly string[]): readonly string[] {
  const page = segments.indexOf('-');
  return page === -1 ? segments : segments.slice(0, page);
}
