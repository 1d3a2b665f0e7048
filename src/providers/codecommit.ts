import { Failure } from '../core/failure.ts';
import type { Address, Rewrite, Site, SshPrefix } from '../core/host-rules.ts';
import { encodeSegment, type Location, locationUrl } from '../core/location.ts';
import { noRoot } from './ordinary-host.ts';
import type { GitProvider } from './provider.ts';
import { userAndSecret } from './user-and-secret.ts';

/** https://docs.aws.amazon.com/codecommit/latest/userguide/regions.html, and the hosts of VPC endpoints. */
const regionHost =
  /^(?:vpce-[a-z0-9-]+\.)?git-codecommit(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d{1,2})\.(?:vpce\.)?amazonaws\.com(?:\.cn)?$/;

const top = ['v1', 'repos'] as const;

/** AWS CodeCommit: one host per region, all repositories below `/v1/repos/`, names in which case counts. */
export const codecommit: GitProvider = {
  provider: 'codecommit',
  aliases: [],
  publicOrigin: null,
  covers: (host) => regionHost.test(host),
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
  dateEnds: 'after-the-day',
  retired: {},
  login: (signIn, credential) => {
    if (signIn.kind !== 'aws') return userAndSecret(signIn, credential, '');
    throw new Failure('refused', `${credential.name}: CodeCommit with access keys is not served yet`, {
      hint: "Use the IAM user's git credentials: `username` and `password`.",
    });
  },
  advice: () => [],
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
function rewrites({ location, kind }: SshPrefix): readonly Rewrite[] {
  const region = regionHost.exec(location.host)?.[1];
  if (region === undefined || !isBelowTop(location.segments)) return [];
  const [, , name] = location.segments.map(encodeSegment);
  const rest = name === undefined ? '' : name + (kind === 'repository' ? '.git' : '/');
  const to = `${locationUrl({ ...location, segments: top })}/${rest}`;
  const forms = [`ssh://${location.host}/v1/repos/`];
  if (location.host === hostOf(region)) forms.unshift(`codecommit::${region}://`);
  return forms.map((form) => ({ from: form + rest, to }));
}
