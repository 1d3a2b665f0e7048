import type { Address, Site } from '../core/host-rules.ts';
import type { Location } from '../core/location.ts';
import { azureRewrites } from './azure-devops-spellings.ts';
import { noRoot } from './ordinary-host.ts';
import type { GitProvider } from './provider.ts';
import { userAndSecret } from './user-and-secret.ts';

const services = 'dev.azure.com';
const organizationHost = /^((?!vs-ssh\.)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\.visualstudio\.com$/;
const sshHosts = ['ssh.dev.azure.com', 'vs-ssh.visualstudio.com'];

/** Azure DevOps Services under both of its names, and Azure DevOps Server. */
export const azureDevops: GitProvider = {
  provider: 'azure-devops',
  aliases: [],
  publicOrigin: `https://${services}/`,
  covers: (host) => host === services || organizationHost.test(host),
  webHost: ({ hostname }) => (sshHosts.includes(hostname) ? services : null),
  caseSensitive: false,
  root: noRoot,
  canonical,
  rewrites: azureRewrites,
  signIns: ['token', 'ssh-key'],
  needsUsername: [],
  usesEmail: false,
  needsUrl: false,
  selfHosted: true,
  dateEnds: 'after-the-day',
  retired: {},
  login: (signIn, credential) => userAndSecret(signIn, credential, 'pat'),
  // https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate
  advice: (signIn, { name, base }) =>
    signIn.kind === 'token' && base === null
      ? [
          `${name}: without \`organization\` this is for a token of all organisations, which Azure DevOps takes no more ` +
            'from 1 December 2026; make a token for one organisation, and name it',
        ]
      : [],
};

function canonical(address: Address, { scheme, host }: Site): Location | null {
  const [, organization = null] = organizationHost.exec(host) ?? [];
  const path = address.transport === 'ssh' ? overSsh(address) : address.segments;
  if (host !== services && organization === null) return { scheme, host, segments: inProject(path) };
  const owner = organization ?? (isOldSsh(address) ? address.user : null);
  if (owner === null && isOldSsh(address)) return null;
  const segments = owner === null ? path : [owner, ...withoutCollection(path)];
  return { scheme, host: services, segments: inProject(segments) };
}

/** `v3/org/project/repo`, or the older `project/_ssh/repo`. */
function overSsh({ segments }: Address): readonly string[] {
  const [version, organization = '', project = '', ...repository] = segments;
  return version === 'v3'
    ? [organization, project, ...(repository.length > 0 ? ['_git', ...repository] : [])].filter(Boolean)
    : segments.map((segment) => (segment === '_ssh' ? '_git' : segment));
}

/** There the organisation is the ssh user. */
function isOldSsh({ hostname, segments }: Address): boolean {
  return hostname === 'vs-ssh.visualstudio.com' && segments[0] !== 'v3';
}

function withoutCollection(segments: readonly string[]): readonly string[] {
  return segments[0]?.toLowerCase() === 'defaultcollection' ? segments.slice(1) : segments;
}

/** `org/_git/repo` is short for the project of the same name; `_full` and `_optimized` are views, not names. */
function inProject(segments: readonly string[]): readonly string[] {
  const marker = segments.indexOf('_git');
  if (marker < 0) return segments;
  const before = segments.slice(0, marker);
  const names = segments.slice(marker + 1).filter((name) => name !== '_full' && name !== '_optimized');
  return [...before, ...(before.length === 1 ? names.slice(0, 1) : []), '_git', ...names];
}
