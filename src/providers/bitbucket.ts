import type { ResolvedSignIn, SshAddress } from '../core/manifest/manifest.ts';
import { noRoot, ordinaryCanonical, ordinaryRewrites } from './ordinary-host.ts';
import type { GitProvider } from './provider.ts';
import { withoutPage } from './repository-page.ts';
import { looksLike } from './secret-shape.ts';
import { userAndSecret } from './user-and-secret.ts';

/** https://support.atlassian.com/bitbucket-cloud/docs/configure-ssh-and-two-step-verification/ */
const overPort443: readonly SshAddress[] = [{ user: 'git', host: 'altssh.bitbucket.org', port: 443 }];

const pages = new Set([
  ...[
    'src',
    'commits',
    'branches',
    'branch',
    'pull-requests',
    'pipelines',
    'deployments',
    'downloads',
    'issues',
  ],
  ...['wiki', 'admin', 'jira', 'security'],
]);

/** Bitbucket Cloud. */
export const bitbucket: GitProvider = {
  provider: 'bitbucket',
  aliases: [],
  publicOrigin: 'https://bitbucket.org/',
  covers: (host) => host === 'bitbucket.org',
  webHost: ({ hostname }) => (hostname === 'altssh.bitbucket.org' ? 'bitbucket.org' : null),
  caseSensitive: false,
  root: noRoot,
  canonical: (address, site) =>
    ordinaryCanonical({ ...address, segments: withoutPage(address.segments, pages) }, site),
  rewrites: (prefix) => ordinaryRewrites(prefix, { vendor: overPort443 }),
  signIns: ['token', 'password', 'ssh-key'],
  needsUsername: ['password'],
  usesEmail: true,
  needsUrl: false,
  selfHosted: false,
  dateEnds: 'after-the-day',
  retired: {
    password: {
      message: 'Bitbucket removed app passwords on 28 July 2026.',
      hint: 'Use an API token with `email`, or an access token of the repository, project or workspace.',
    },
  },
  login: (signIn, credential) => {
    if (signIn.kind !== 'token') return userAndSecret(signIn, credential, '');
    const { email: _, ...token } = signIn;
    return userAndSecret({ ...token, username: gitUser(signIn) }, credential, '');
  },
  advice: (signIn, { name }) => {
    if (signIn.kind === 'token' && isApiToken(signIn) && mail(signIn) === undefined) {
      return [`${name}: an API token needs \`email\` for Bitbucket's API; git works without`];
    }
    return [];
  },
};

type Token = Extract<ResolvedSignIn, { kind: 'token' }>;

/**
 * The two fixed user names that Bitbucket's git takes, unless the manifest gives a real one:
 * https://support.atlassian.com/bitbucket-cloud/docs/using-api-tokens/
 */
function gitUser(signIn: Token): string {
  if (signIn.username !== undefined && !signIn.username.includes('@')) return signIn.username;
  return isApiToken(signIn) ? 'x-bitbucket-api-token-auth' : 'x-token-auth';
}

/** API tokens belong to a person, so an e-mail tells them; without one their beginning is the only hint. */
export function isApiToken(signIn: Token): boolean {
  return mail(signIn) !== undefined || looksLike(signIn.token, 'ATATT');
}

/** The e-mail of an API token, also when it stands as the user name. */
export function mail({ email, username }: Token): string | undefined {
  return email ?? (username?.includes('@') ? username : undefined);
}
