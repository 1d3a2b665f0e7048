import type { Flag } from './flags.ts';

/** Flags of the verbs that look after a manifest. */
export const editFlags: readonly Flag[] = [
  {
    name: 'manifest',
    value: 'FILE',
    about: 'the manifest file (default: the one PIPELINE_CREDENTIALS names, else pipeline-credentials.yml)',
  },
  { name: 'dry-run', value: null, about: 'say what would be done, and do nothing of it' },
];

/** Where the values of variables are kept. */
export const storeFlags: readonly Flag[] = [
  {
    name: 'to',
    value: 'URL|FILE',
    about:
      'where jobs get secrets from: a repository, project, group, workspace or organisation by its https address, or a file',
  },
  {
    name: 'store-provider',
    value: 'github|gitlab|bitbucket',
    about: 'the kind of host, where --to does not tell',
  },
  {
    name: 'store-environment',
    value: 'NAME',
    about: 'environment (GitHub), environment scope (GitLab), deployment (Bitbucket)',
  },
  {
    name: 'token-env',
    value: 'NAME',
    about:
      'the variable with the token to write there (default on the public hosts: GH_TOKEN or GITHUB_TOKEN, GITLAB_TOKEN, BITBUCKET_TOKEN)',
  },
  { name: 'store-api-url', value: 'URL', about: 'where its API is, when it is not in the usual place' },
  { name: 'protected', value: 'true|false', about: 'GitLab: for protected branches and tags only' },
  {
    name: 'type',
    value: 'masked|file',
    about: 'GitLab: how a manifest is stored (default: masked, hidden, in base64)',
  },
  {
    name: 'visibility',
    value: 'private|all',
    about: 'GitHub organisation: which repositories get a new secret',
  },
];

/** How the secret of a credential is given and kept. Never the secret itself: others can read command lines. */
export const secretFlags: readonly Flag[] = [
  {
    name: 'secret-from',
    value: 'NAME|FILE|-',
    about: 'where the secret is: a variable, a file, - for standard input (default: ask for it)',
  },
  {
    name: 'keep',
    value: 'env|file|manifest',
    about: 'how the manifest has it: by the name of a variable, in a file readable by you alone, or itself',
  },
  { name: 'variable', value: 'NAME', about: 'the variable that jobs have it in (default: from the names)' },
  { name: 'no-test', value: null, about: 'save without asking the host first' },
  ...storeFlags,
];

/** Keys of a credential that are no secrets; each is a flag of its name. */
export const fieldFlags: readonly Flag[] = [
  {
    name: 'provider',
    value: 'NAME',
    about: 'the kind of host: github, gitlab, bitbucket, gitea, registry, ...',
  },
  { name: 'url', value: 'URL', about: 'base URL: what the credential is for' },
  { name: 'organization', value: 'NAME', about: "short for --url on the provider's public host" },
  { name: 'registry', value: 'HOST[/NAMESPACE]', about: 'the registry, with `--provider registry`' },
  { name: 'username', value: 'NAME', about: 'user name, where the host asks for a certain one' },
  {
    name: 'email',
    value: 'ADDRESS',
    about: 'e-mail of the account that an API token of Bitbucket belongs to',
  },
  { name: 'access-key-id', value: 'ID', about: 'AWS access key id' },
  { name: 'access', value: 'read|write', about: 'what it is good for (default: both)' },
  { name: 'expires', value: 'DATE|never', about: 'when it ends (default: what the host tells)' },
  { name: 'default', value: 'true|false', about: 'preferred among those that fit equally well' },
  { name: 'status', value: 'active|inactive', about: 'inactive ones are never used' },
  { name: 'environments', value: 'NAME', repeatable: true, about: 'used in this environment only' },
  {
    name: 'registries',
    value: 'HOST[/NAMESPACE]',
    repeatable: true,
    about: 'a registry that it signs in to as well',
  },
  {
    name: 'purposes',
    value: 'NAME',
    repeatable: true,
    about: 'what it must be able to do: clone, push, packages, ...',
  },
  { name: 'ssh', value: 'USER@HOST:PORT', repeatable: true, about: 'a further ssh address of the host' },
  { name: 'api-url', value: 'URL', about: 'where the API is, when it is not in the usual place' },
  { name: 'token-realm', value: 'HOST', about: "the registry's token service, when it is elsewhere" },
  { name: 'description', value: 'TEXT', about: 'for people' },
  { name: 'contact', value: 'TEXT', about: 'whom to tell when it ends' },
];

/** What an App is, besides its credential. */
export const appFlags: readonly Flag[] = [
  {
    name: 'permission',
    value: 'NAME=LEVEL',
    repeatable: true,
    about: 'more than reading contents: pull-requests=write',
  },
];
