/** Words that people write for a key: how other programs call it, or one for many. The first that has a place there is meant. */
const keys: Readonly<Record<string, readonly string[]>> = {
  repository: ['repositories', 'url'],
  repo: ['repositories', 'url'],
  repos: ['repositories', 'url'],
  registry: ['registries'],
  image: ['registries', 'registry'],
  images: ['registries', 'registry'],
  org: ['organization'],
  orgs: ['organization'],
  organisation: ['organization'],
  owner: ['organization'],
  account: ['organization'],
  namespace: ['organization'],
  host: ['url'],
  hostname: ['url'],
  server: ['url'],
  'base-url': ['url'],
  address: ['url'],
  pat: ['token'],
  secret: ['token', 'env'],
  'api-token': ['token'],
  'auth-token': ['token'],
  'personal-access-token': ['token'],
  user: ['username'],
  login: ['username'],
  pass: ['password'],
  passwd: ['password'],
  pwd: ['password'],
  mail: ['email'],
  expiry: ['expires'],
  expiration: ['expires'],
  'expires-at': ['expires'],
  'expires-on': ['expires'],
  'valid-until': ['expires'],
  type: ['provider'],
  kind: ['provider'],
  vendor: ['provider'],
  pem: ['private-key'],
  key: ['private-key', 'ssh-key'],
  id: ['client-id', 'name'],
  branch: ['revision'],
  ref: ['revision'],
  tag: ['revision'],
  enabled: ['status'],
  active: ['status'],
  'aws-access-key-id': ['access-key-id'],
  'aws-secret-access-key': ['secret-access-key'],
  'aws-session-token': ['session-token'],
  var: ['env'],
  variable: ['env'],
  path: ['file'],
};

const providers: Readonly<Record<string, readonly string[]>> = {
  registry: [
    ...[
      'docker',
      'dockerhub',
      'docker-hub',
      'docker-registry',
      'container-registry',
      'oci',
      'ecr',
      'aws-ecr',
    ],
    ...['acr', 'gcr', 'gar', 'google', 'ghcr', 'quay', 'harbor', 'artifactory', 'nexus'],
  ],
  github: ['github-app', 'github-enterprise', 'github-com', 'ghes', 'gh'],
  gitlab: ['gitlab-self-managed', 'gitlab-ce', 'gitlab-ee', 'gitlab-com'],
  bitbucket: ['bitbucket-cloud', 'bitbucket-org'],
  'bitbucket-data-center': ['bitbucket-dc', 'stash'],
  'azure-devops': ['azure', 'azure-repos', 'ado', 'tfs', 'vsts'],
  gitea: ['codeberg', 'gogs'],
  codecommit: ['aws-codecommit'],
};
const providerOf = new Map(
  Object.entries(providers).flatMap(([name, words]) => words.map((word) => [joined(word), name])),
);

/**
 * The key that is meant by a word of the list above, or by one of ours in another spelling (`clientId`). To show such
 * a word shows nothing of a manifest but what is written here (security rule 26).
 */
export function foreseenKey(text: string, known: ReadonlySet<string>): string | null {
  const word = dashed(text);
  if (known.has(word)) return word;
  const meant = Object.hasOwn(keys, word) ? (keys[word] ?? []) : [];
  return meant.find((key) => known.has(key)) ?? null;
}

/** The provider that is meant by the name of a product. */
export function foreseenProvider(text: string): string | null {
  return providerOf.get(joined(text)) ?? null;
}

/** Without what people write between words, or not. */
function joined(text: string): string {
  return text.replace(/[-_ .]+/g, '').toLowerCase();
}

/** `clientId`, `client_id` and `Client Id` as keys are written here. */
function dashed(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[_ .]+/g, '-')
    .toLowerCase();
}
