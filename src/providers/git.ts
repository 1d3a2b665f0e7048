import { noRoot, ordinaryCanonical, ordinaryRewrites } from './ordinary-host.ts';
import type { GitProvider } from './provider.ts';
import { userAndSecret } from './user-and-secret.ts';

/** Any other host that serves git over https. */
export const git: GitProvider = {
  provider: 'git',
  aliases: [],
  publicOrigin: null,
  covers: () => false,
  webHost: () => null,
  caseSensitive: true,
  root: noRoot,
  canonical: ordinaryCanonical,
  rewrites: (prefix) => ordinaryRewrites(prefix, { caseCounts: true }),
  signIns: ['token', 'password', 'ssh-key'],
  needsUsername: ['password'],
  usesEmail: false,
  needsUrl: true,
  selfHosted: true,
  dateEnds: 'after-the-day',
  retired: {},
  login: (signIn, credential) => userAndSecret(signIn, credential, 'git'),
  advice: () => [],
};
