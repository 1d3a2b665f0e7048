import type { SshPrefix } from '../core/host-rules.ts';
import type { SshAddress } from '../core/manifest/manifest.ts';
import { hostname, noRoot, ordinaryCanonical, ordinaryRewrites, sshRewrites } from './ordinary-host.ts';
import type { GitProvider } from './provider.ts';
import { withoutPage } from './repository-page.ts';
import { looksLike, refusePrivateKey } from './secret-shape.ts';

/** https://docs.github.com/en/authentication/troubleshooting-ssh/using-ssh-over-the-https-port */
const overPort443: readonly SshAddress[] = [{ user: 'git', host: 'ssh.github.com', port: 443 }];

const pages = new Set([
  ...[
    'tree',
    'blob',
    'edit',
    'commit',
    'commits',
    'branches',
    'tags',
    'releases',
    'compare',
    'pull',
    'pulls',
  ],
  ...['issues', 'discussions', 'actions', 'projects', 'wiki', 'security', 'network', 'graphs', 'settings'],
]);

/** github.com, GHE.com (data residency) and Enterprise Server. */
export const github: GitProvider = {
  provider: 'github',
  aliases: [],
  publicOrigin: 'https://github.com/',
  covers: (host) => host === 'github.com',
  webHost: ({ hostname }) => (hostname === 'ssh.github.com' ? 'github.com' : null),
  caseSensitive: false,
  root: noRoot,
  canonical: (address, site) =>
    ordinaryCanonical({ ...address, segments: withoutPage(address.segments, pages) }, site),
  rewrites: (prefix) => {
    const { host } = prefix.location;
    if (isDataResidency(host)) return sshRewrites(prefix, dataResidencyServers(prefix), {});
    return ordinaryRewrites(prefix, host === 'github.com' ? { vendor: overPort443, pages: 'github.io' } : {});
  },
  signIns: ['token', 'app', 'ssh-key'],
  needsUsername: [],
  usesEmail: false,
  needsUrl: false,
  selfHosted: true,
  dateEnds: 'after-the-day',
  retired: {},
  login: (signIn, credential) => {
    if (signIn.kind !== 'token') return null;
    refusePrivateKey(signIn.token, credential, "write a GitHub App's key under `app: { private-key: ... }`");
    return { username: signIn.username ?? 'x-access-token', password: signIn.token };
  },
  advice: (signIn, { name, registries }) => {
    if (signIn.kind !== 'token') return [];
    if (looksLike(signIn.token, 'ghr_')) {
      return [`${name}: this looks like a refresh token, which git does not accept; use the access token`];
    }
    if (registries.length > 0 && looksLike(signIn.token, 'github_pat_')) {
      return [
        `${name}: fine-grained tokens do not work with ghcr.io; use a classic token with read:packages`,
      ];
    }
    return [];
  },
};

/** `acme.ghe.com`: there the ssh user is the subdomain, not `git`. */
function isDataResidency(host: string): boolean {
  return /^[a-z0-9-]+\.ghe\.com$/.test(host);
}

function dataResidencyServers({ location, addresses }: SshPrefix): readonly SshAddress[] {
  const [subdomain = ''] = location.host.split('.');
  return [{ user: subdomain, host: hostname(location.host), port: 22 }, ...addresses];
}
