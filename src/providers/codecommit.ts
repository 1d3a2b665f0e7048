import { codeCommitRegion } from '../core/codecommit-host.ts';
import type { Address, Rewrite, Site, SshPrefix } from '../core/host-rules.ts';
import { encodeSegment, type Location, locationUrl } from '../core/location.ts';
import { noRoot } from './ordinary-host.ts';
import type { GitProvider } from './provider.ts';
import { userAndSecret } from './user-and-secret.ts';

const top = ['v1', 'repos'] as const;

/** AWS CodeCommit: one host per region, all repositories below `/v1/repos/`, names in which case counts. */
export const codecommit: GitProvider = {
  provider: 'codecommit',
  aliases: [],
  publicOrigin: null,
  covers: (host) => codeCommitRegion(host) !== null,
  webHost: ({ transport, hostname }) =>
    transport === 'codecommit' && hostname !== '' ? hostOf(hostname) : null,
  caseSensitive: true,
  root: noRoot,
  canonical,
  rewrites,
  signIns: ['aws', 'password', 'ssh-key'],
  needsUsername: ['password'],
  usesEmail: false,
  needsUrl: false,
  selfHosted: false,
  dateEnds: 'after-the-day',
  retired: {},
  login: (signIn, credential) => userAndSecret(signIn, credential, ''),
  gitOnly: (signIn) => {
    if (signIn.kind !== 'aws') return null;
    const { accessKeyId, secretAccessKey, sessionToken = null } = signIn;
    return { kind: 'codecommit', keys: { accessKeyId, secretAccessKey, sessionToken } };
  },
  advice: (signIn, { name }) => {
    if (signIn.kind !== 'aws' || !signIn.accessKeyId.startsWith('ASIA')) return [];
    if (signIn.sessionToken !== undefined) return [];
    return [`${name}: a key that begins with ASIA is a temporary one, which needs its \`session-token\``];
  },
};

function hostOf(region: string): string {
  return `git-codecommit.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

function canonical({ transport, segments }: Address, { scheme, host }: Site): Location | null {
  if (transport === 'codecommit') return { scheme, host, segments: [...top, ...segments] };
  return isBelowTop(segments) ? { scheme, host, segments } : null;
}

function isBelowTop(segments: readonly string[]): boolean {
  return segments.length <= 3 && top.every((name, index) => (segments[index] ?? name) === name);
}

/** Addresses of git-remote-codecommit and of the region's ssh server: https://github.com/aws/git-remote-codecommit */
function rewrites({ location, kind, addresses }: SshPrefix): readonly Rewrite[] {
  const region = codeCommitRegion(location.host);
  if (region === null || !isBelowTop(location.segments)) return [];
  const [, , name] = location.segments.map(encodeSegment);
  const rest = name === undefined ? '' : name + (kind === 'repository' ? '.git' : '/');
  const to = `${locationUrl({ ...location, segments: top })}/${rest}`;
  // The user of the ssh server is the id of a key.
  const users = ['', ...addresses.filter(({ host }) => host === location.host).map(({ user }) => `${user}@`)];
  const ssh = users.map((user) => `ssh://${user}${location.host}/v1/repos/`);
  const own = location.host === hostOf(region) ? [`codecommit::${region}://`, 'codecommit://'] : [];
  return [...own, ...ssh].map((form) => ({ from: form + rest, to }));
}
