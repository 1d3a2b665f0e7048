import { ordinaryCanonical, ordinaryRewrites, rootOfApi } from './ordinary-host.ts';
import type { GitProvider } from './provider.ts';
import { userAndSecret } from './user-and-secret.ts';

/** Gitea and Forgejo, also below a relative root (then `api-url` tells it). */
export const gitea: GitProvider = {
  provider: 'gitea',
  aliases: ['forgejo'],
  publicOrigin: null,
  covers: () => false,
  webHost: () => null,
  caseSensitive: false,
  root: (_base, apiUrl) => rootOfApi(apiUrl, '/api/v1'),
  canonical: ordinaryCanonical,
  rewrites: (prefix) => ordinaryRewrites(prefix),
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
