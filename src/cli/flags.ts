/** One flag of the command line. Inputs of the action are flags of the same name. */
export interface Flag {
  readonly name: string;
  /** Placeholder of its value; null for a switch. */
  readonly value: string | null;
  readonly repeatable?: true;
  /** One letter that means the same. */
  readonly short?: string;
  readonly about: string;
}

/** As it is written: `--format sh|json`. */
export function flagUsage({ name, value }: Flag): string {
  return `--${name}${value === null ? '' : ` ${value}`}`;
}

/** Those of every verb. */
export const commonFlags: readonly Flag[] = [
  { name: 'json', value: null, about: 'print the result as JSON on standard output' },
  { name: 'quiet', value: null, about: 'print warnings and errors only' },
  { name: 'verbose', value: null, about: 'print where an error comes from' },
  { name: 'help', value: null, short: 'h', about: 'print this' },
];

export const manifestFlags: readonly Flag[] = [
  {
    name: 'manifest',
    value: 'FILE',
    repeatable: true,
    about: 'a manifest, - for standard input (default: the variable PIPELINE_CREDENTIALS)',
  },
  { name: 'manifest-file', value: 'FILE', repeatable: true, about: 'the same' },
  {
    name: 'allow-env',
    value: 'NAME=HOST[,HOST]',
    repeatable: true,
    about: 'let a manifest in the workspace name this variable for these hosts',
  },
];

export const selectionFlags: readonly Flag[] = [
  { name: 'environment', value: 'NAME', about: 'use credentials of this environment' },
  { name: 'credentials', value: 'NAME', repeatable: true, about: 'use only this credential' },
];

export const targetFlags: readonly Flag[] = [
  {
    name: 'repositories',
    value: 'URL',
    repeatable: true,
    about: "a repository this job needs, 'URL write' to push (replaces the manifest's list)",
  },
  {
    name: 'registries',
    value: 'NAME',
    repeatable: true,
    about: "a registry, namespace or image this job needs (replaces the manifest's list)",
  },
];

export const setupFlags: readonly Flag[] = [
  { name: 'git', value: 'private|home|none', about: 'how git is signed in (default: private)' },
  {
    name: 'docker',
    value: 'private|home|none',
    about: 'how container tools are signed in (default: private)',
  },
  { name: 'revoke', value: 'true|false', about: 'revoke minted tokens in cleanup (default: true)' },
  { name: 'required', value: 'true|false', about: 'whether a missing manifest is an error (default: true)' },
  {
    name: 'no-job-token',
    value: null,
    about: "do not keep the job's own token for the job's own repository",
  },
  { name: 'session', value: 'DIR', about: 'the session folder to make; it must not exist yet' },
];

export const checkFlags: readonly Flag[] = [
  {
    name: 'warn-within',
    value: 'SPAN',
    about: 'how long before its end a credential counts as expiring, like 14d, 2w or 36h (default: 14d)',
  },
  {
    name: 'fail-on',
    value: 'failing|expiring|never',
    about: 'what makes the exit code 1 (default: failing)',
  },
  { name: 'details', value: null, about: 'name private repositories in the log of a public one' },
  { name: 'revisions', value: null, about: 'list the branches and tags of every repository' },
  { name: 'report', value: 'FILE', about: 'write the result as JSON' },
  { name: 'junit', value: 'FILE', about: 'write the result as JUnit XML' },
  { name: 'html', value: 'FILE', about: 'write the result as one HTML page' },
  { name: 'ics', value: 'FILE', about: 'write a calendar with a reminder for everything that ends' },
  { name: 'markdown', value: 'FILE', about: "write the result as GitHub's Markdown" },
  {
    name: 'code-insights',
    value: 'PROXY',
    about:
      'show the result beside the commit in Bitbucket, by the proxy of its steps: http://localhost:29418',
  },
  {
    name: 'report-issue',
    value: null,
    about:
      'keep one issue in this repository on GitLab and Bitbucket; the variable PIPELINE_CREDENTIALS_ISSUE_TOKEN holds the token',
  },
  { name: 'issue-key', value: 'NAME', about: 'tells the issues of several checks apart (default: default)' },
  { name: 'required', value: 'true|false', about: 'whether a missing manifest is an error (default: true)' },
];
