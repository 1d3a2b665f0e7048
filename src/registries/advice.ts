import type { Credential, ResolvedSignIn } from '../core/manifest/manifest.ts';

const ecr = /^public\.ecr\.aws$|\.dkr[.-]ecr/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
function isAwsKeyId(username: string): boolean {
  return /^A[KS]IA[A-Z0-9]{12,}$/.test(username);
}

/** Mistakes that registries answer with a bare "denied", as far as user name and password tell: hints only. */
const mistakes: readonly {
  readonly at: RegExp;
  readonly is: (login: { readonly username: string; readonly password: string }) => boolean;
  readonly says: string;
}[] = [
  {
    at: /^(?:ghcr\.io|containers\.[a-z0-9-]+\.ghe\.com)$/,
    is: ({ password }) => password.startsWith('github_pat_'),
    says: 'fine-grained tokens do not work with GitHub packages; use a classic token with read:packages',
  },
  {
    at: /^docker\.io$/,
    is: ({ username }) => username.includes('@'),
    says: 'Docker Hub wants the Docker ID as user name, not an e-mail (for a token of an organisation: its name)',
  },
  {
    // Harbor's robots; a shell takes `$lab` out of `robot$lab`.
    at: /./,
    is: ({ username }) => username === 'robot' || username.startsWith('robot+'),
    says: 'this looks like a robot of Harbor that lost its `$` to a shell; write `robot$name` in single quotes',
  },
  {
    at: /\.azurecr\.(?:io|cn|us)$/,
    is: ({ username }) => username.includes('@'),
    says: 'Azure registries know the id of a service principal, a token or the admin user, no e-mail; or use `entra-token`',
  },
  {
    at: ecr,
    is: ({ username }) => isAwsKeyId(username),
    says: 'an AWS key id is no user name of Amazon ECR; write the pair as `access-key-id` and `secret-access-key`',
  },
  {
    at: ecr,
    is: ({ username }) => !isAwsKeyId(username),
    says: 'a password of Amazon ECR lasts 12 hours; give `access-key-id` and `secret-access-key` and it is made for each job',
  },
];

/** What looks like a mistake in a registry's user name and password, one sentence each; never a part of a secret. */
export function registryAdvice({
  use: { credential },
  signIn,
}: {
  readonly use: { readonly credential: Credential };
  readonly signIn: ResolvedSignIn;
}): readonly string[] {
  if (signIn.kind !== 'password') return [];
  const login = { username: signIn.username ?? '', password: signIn.password.reveal() };
  const hosts = credential.registries.map(({ host }) => host);
  return mistakes
    .filter(({ at, is }) => hosts.some((host) => at.test(host)) && is(login))
    .map(({ says }) => `${credential.name}: ${says}`);
}
