import { Secret } from '../secret.ts';
import { isOneLine } from '../text-form.ts';

/** One provider entry of Nextflow's `scm` file: https://www.nextflow.io/docs/latest/git.html */
export interface ScmEntry {
  readonly platform: ScmPlatform;
  /** Host with port, as it stands in repository URLs: that is what Nextflow compares. */
  readonly host: string;
  /** `https://github.example.com`, never with a path. */
  readonly server: string;
  /** Where the API is: `https://github.example.com/api/v3`. */
  readonly endpoint: string;
  readonly user: string;
  readonly secret: Secret;
}

export type ScmPlatform =
  | 'github'
  | 'gitlab'
  | 'bitbucket'
  | 'bitbucketserver'
  | 'gitea'
  | 'azurerepos'
  | 'codecommit';

/** Names of Nextflow's own entries, by which `nextflow run OWNER/REPOSITORY -hub NAME` looks. */
const ownNames: Readonly<Record<string, string>> = {
  'github.com': 'github',
  'gitlab.com': 'gitlab',
  'bitbucket.org': 'bitbucket',
  'gitea.com': 'gitea',
  'dev.azure.com': 'azurerepos',
};

/**
 * The `scm` file: our entries, then what was there. Of two entries for one host Nextflow takes the first, of two values
 * under one name the last; so entries that bear Nextflow's own names are written once more behind the user's.
 */
export function renderScm(entries: readonly ScmEntry[], existing: string | null): Secret {
  const ours = entries.map((entry, index) => ({
    entry,
    name: ownNames[entry.host] ?? `pipelineCredentials${index + 1}`,
  }));
  const theirs = existing?.trim() ?? '';
  const again = ours.filter(({ entry }) => entry.host in ownNames);
  const parts = theirs === '' ? [block(ours)] : [block(ours), `${theirs}\n`, block(again)];
  return new Secret(parts.filter((part) => part !== '').join('\n'));
}

interface NamedEntry {
  readonly name: string;
  readonly entry: ScmEntry;
}

function block(entries: readonly NamedEntry[]): string {
  return entries.length === 0 ? '' : `providers {\n${entries.map(provider).join('')}}\n`;
}

/** All three ways to sign in are written, since which of them counts differs from platform to platform. */
function provider({ name, entry }: NamedEntry): string {
  const secret = entry.secret.reveal();
  const token = entry.platform === 'codecommit' || entry.platform === 'github' ? '' : secret;
  const values = {
    platform: entry.platform,
    server: entry.server,
    endpoint: entry.endpoint,
    // A user's `auth` would be read after user and password.
    auth: '',
    user: entry.user,
    password: secret,
    token,
  };
  const lines = Object.entries(values).map(([key, value]) => `        ${key} = ${literal(value)}\n`);
  return `    ${name} {\n${lines.join('')}    }\n`;
}

/** A Groovy string in single quotes, in which nothing is filled in. */
function literal(text: string): string {
  if (!isOneLine(text)) {
    throw new TypeError('A control character cannot be written to an scm file.');
  }
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
