import { Failure } from '../core/failure.ts';
import type { Address, Rewrite, Site, SshPrefix } from '../core/host-rules.ts';
import { encodeSegment, type Location, locationUrl } from '../core/location.ts';
import { noRoot } from './ordinary-host.ts';
import type { GitProvider } from './provider.ts';
import { userAndSecret } from './user-and-secret.ts';

/** https://docs.aws.amazon.com/codecommit/latest/userguide/regions.html, with the hosts of VPC endpoints. */
const host =
  /^(?:vpce-[a-z0-9-]+\.)?git-codecommit(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d{1,2})\.(?:vpce\.)?amazonaws\.com(?:\.cn)?$/;

const repositories = ['v1', 'repos'] as const;

/** AWS CodeCommit: one host per region, all repositories below `/v1/repos/`, names in which case counts. */
export const codecommit: GitProvider = {
  provider: 'codecommit',
  aliases: [],
  publicOrigin: null,
  covers: (name) => host.test(name),
  sshHosts: {},
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
      hint: "use the user's IAM git credentials: `username` and `password`",
    });
  },
  advice: () => [],
};

function canonical({ transport, segments }: Address, { scheme, host }: Site): Location | null {
  if (transport === 'codecommit') return { scheme, host, segments: [...repositories, ...segments] };
  const known = repositories.every((name, index) => (segments[index] ?? name) === name);
  return known && segments.length <= 3 ? { scheme, host, segments } : null;
}

/** git-remote-codecommit's addresses with the region's ssh server: https://github.com/aws/git-remote-codecommit */
function rewrites({ location, kind }: SshPrefix): readonly Rewrite[] {
  const region = host.exec(location.host)?.[1];
  if (region === undefined) return [];
  const starts = [`codecommit::${region}://`, `ssh://${location.host}/v1/repos/`];
  const top = locationUrl({ ...location, segments: repositories });
  const name = location.segments[2];
  if (name === undefined) return starts.map((from) => ({ from, to: `${top}/` }));
  const ending = kind === 'repository' ? '.git' : '';
  const path = encodeSegment(name) + ending;
  return starts.map((from) => ({ from: from + path, to: `${top}/${path}` }));
}
