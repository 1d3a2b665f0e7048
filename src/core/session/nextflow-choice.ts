import type { AwsKeys } from '../aws-signature.ts';
import { group } from '../group.ts';
import type { Location } from '../location.ts';
import type { Login } from '../login.ts';
import type { GitProviderName } from '../manifest/manifest.ts';
import type { ScmEntry, ScmPlatform } from './nextflow-scm.ts';

/** How a credential could sign Nextflow in, which speaks to APIs as well as to git. */
export type ScmSignIn =
  | { readonly kind: 'basic'; readonly login: Login; readonly email: string | null }
  /** Takes the token as a Bearer only, in git and API. */
  | { readonly kind: 'bearer' }
  | { readonly kind: 'aws'; readonly keys: AwsKeys }
  | { readonly kind: 'ssh-key' };

/** One credential at one host. */
export interface ScmCandidate {
  readonly credential: string;
  readonly provider: GitProviderName;
  /** The server: its segments are the relative root. */
  readonly server: Location;
  readonly apiUrl: string | null;
  readonly signIn: ScmSignIn;
  /** How many of the job's repositories it serves. */
  readonly targets: number;
}

export interface ScmChoice {
  readonly entries: readonly ScmEntry[];
  /** What people should know, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * The one credential for each host that Nextflow can have: the one that most targets use, else the first. Says which
 * others it cannot have, and why.
 */
export function chooseScm(candidates: readonly ScmCandidate[]): ScmChoice {
  const hosts = group(candidates.map((candidate) => [candidate.server.host, candidate] as const));
  const choices = [...hosts].map(([host, rivals]) => chooseAt(host, rivals));
  return {
    entries: choices.flatMap(({ entries }) => entries),
    warnings: choices.flatMap(({ warnings }) => warnings),
  };
}

function chooseAt(host: string, rivals: readonly ScmCandidate[]): ScmChoice {
  const usable = rivals.flatMap((candidate) => {
    const entry = entryOf(candidate);
    return typeof entry === 'string' ? [] : [{ candidate, entry }];
  });
  const [best] = [...usable].sort((a, b) => b.candidate.targets - a.candidate.targets);
  const others = new Set(usable.map(({ candidate }) => candidate.credential));
  others.delete(best?.candidate.credential ?? '');
  const warnings = rivals.flatMap((candidate) => {
    const reason = entryOf(candidate);
    return typeof reason === 'string'
      ? [`Nextflow cannot use ${candidate.credential} at ${host}: ${reason}.`]
      : [];
  });
  if (best === undefined) return { entries: [], warnings };
  if (others.size > 0) {
    const names = [...others].join(', ');
    warnings.push(
      `Nextflow takes one credential for each host: at ${host} it gets ${best.candidate.credential}, not ${names}.`,
    );
  }
  return { entries: [best.entry], warnings };
}

interface Kind {
  readonly platform: ScmPlatform;
  /** Where the API is when the manifest has no `api-url`. */
  readonly endpoint: (server: string, host: string) => string;
}

const kinds: Readonly<Partial<Record<GitProviderName, Kind>>> = {
  github: { platform: 'github', endpoint: githubApi },
  gitlab: { platform: 'gitlab', endpoint: (server) => server },
  bitbucket: { platform: 'bitbucket', endpoint: () => 'https://api.bitbucket.org' },
  'bitbucket-data-center': { platform: 'bitbucketserver', endpoint: (server) => server },
  gitea: { platform: 'gitea', endpoint: (server) => `${server}/api/v1` },
  'azure-devops': { platform: 'azurerepos', endpoint: (server) => server },
  codecommit: { platform: 'codecommit', endpoint: (server) => server },
};

function githubApi(server: string, host: string): string {
  const ownApiHost = host === 'github.com' || /^[a-z0-9-]+\.ghe\.com$/.test(host);
  return ownApiHost ? `https://api.${host}` : `${server}/api/v3`;
}

/** The entry, or why there can be none. */
function entryOf({ provider, server, apiUrl, signIn }: ScmCandidate): ScmEntry | string {
  const kind = kinds[provider];
  if (kind === undefined) return 'it knows no platform for such a host';
  if (server.segments.length > 0) return 'it knows no servers below a path';
  const login = loginOf(kind.platform, signIn);
  if (typeof login === 'string') return login;
  const { scheme, host } = server;
  const origin = `${scheme}://${host}`;
  const usesApiUrl = kind.platform === 'github' || kind.platform === 'gitea';
  const endpoint = usesApiUrl && apiUrl !== null ? apiUrl : kind.endpoint(origin, host);
  return { platform: kind.platform, host, server: origin, endpoint, ...login };
}

function loginOf(platform: ScmPlatform, signIn: ScmSignIn): Pick<ScmEntry, 'user' | 'secret'> | string {
  if (signIn.kind === 'ssh-key') return 'it does not use ssh keys';
  if (signIn.kind === 'bearer') return 'its git cannot send a Bearer token; use the token of a user';
  if (signIn.kind === 'aws') {
    const { accessKeyId, secretAccessKey, sessionToken } = signIn.keys;
    if (sessionToken !== null)
      return 'it has no place for a session token; let it find the keys in AWS_* variables';
    return { user: accessKeyId, secret: secretAccessKey };
  }
  const { login, email } = signIn;
  if (platform === 'codecommit') return 'it signs requests itself; use access keys';
  if (platform !== 'bitbucket') return { user: login.username, secret: login.password };
  if (login.username === 'x-token-auth')
    return 'it does not know access tokens of Bitbucket; use an API token';
  if (email === null && login.username === 'x-bitbucket-api-token-auth') {
    return "Bitbucket's API wants the e-mail of the account; add `email`";
  }
  return { user: email ?? login.username, secret: login.password };
}
