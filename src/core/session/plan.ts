import type { Secret } from '../secret.ts';
import { renderCredentialFile } from './credential-file.ts';
import { type GitSection, renderGitConfig } from './git-config.ts';
import { gitEnvironment } from './git-environment.ts';
import type { GitPrefix, Grant } from './grant.ts';

/** One file of the session folder. Names are ours, never taken from a manifest (security rule 4). */
export interface SessionFile {
  /** Relative to the session folder: `gitconfig`, `secret/1`, `docker/config.json`. */
  readonly name: string;
  /** A `Secret` is written 0600; text is 0644, since git run as another user must read it. */
  readonly content: Secret | string;
}

/** All that one setup will write, decided before anything is written. */
export interface SessionPlan {
  readonly files: readonly SessionFile[];
  /** Variables to export for the rest of the job. */
  readonly environment: Readonly<Record<string, string>>;
  /** What people should know: shadowed rules, clients that cannot choose by namespace. */
  readonly warnings: readonly string[];
}

/** What a session is planned from. */
export interface PlanInput {
  /** Absolute path of the session folder. */
  readonly folder: string;
  readonly grants: readonly Grant[];
  /** Prefixes inside those of the grants at which nobody may sign in. */
  readonly blocked: readonly GitPrefix[];
  /** The environment that the later steps of the job start from. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Decides the files and variables of a session. */
export function planSession(input: PlanInput): SessionPlan {
  const { folder, grants, env } = input;
  const sections = gitSections(input);
  if (sections.length === 0) return { files: [], environment: {}, warnings: [] };
  const configFile = `${folder}/gitconfig`;
  return {
    files: [
      ...grants.map(({ login }, index) => ({
        name: secretName(index),
        content: renderCredentialFile(login),
      })),
      { name: 'gitconfig', content: renderGitConfig(sections) },
    ],
    environment: {
      ...gitEnvironment(configFile, env),
      GIT_TERMINAL_PROMPT: '0',
      GCM_INTERACTIVE: 'never',
      CARGO_NET_GIT_FETCH_WITH_CLI: 'true',
      PIPELINE_CREDENTIALS_SESSION: folder,
    },
    warnings: [],
  };
}

function gitSections({ folder, grants, blocked }: PlanInput): GitSection[] {
  const signingIn = grants.flatMap((grant, index) =>
    grant.git.map((prefix) => ({
      prefix,
      files: [`${folder}/${secretName(index)}`],
      readOnly: grant.access === 'read',
    })),
  );
  return [...signingIn, ...blocked.map((prefix) => ({ prefix, files: null, readOnly: true }))];
}

function secretName(index: number): string {
  return `secret/${index + 1}`;
}
