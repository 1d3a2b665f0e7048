import type { Env } from '../env.ts';
import type { Secret } from '../secret.ts';
import { renderCredentialFile } from './credential-file.ts';
import { renderGitConfig, type WrittenSection } from './git-config.ts';
import { gitEnvironment } from './git-environment.ts';
import type { GitScene } from './git-scene.ts';
import { gitSections } from './git-sections.ts';

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
  /** Kept for a second setup of the job, which writes both. */
  readonly git: readonly WrittenSection[];
}

/** What a session is planned from. */
export interface PlanInput extends GitScene {
  /** Absolute path of the session folder. */
  readonly folder: string;
  /** The environment that the later steps of the job start from. */
  readonly env: Env;
  /** What earlier setups of the job wrote for git, oldest first. */
  readonly earlier: readonly WrittenSection[];
}

/** Decides the files and variables of a session. */
export function planSession(input: PlanInput): SessionPlan {
  const { folder, grants, env, earlier } = input;
  const git = [...earlier, ...writtenSections(input)];
  if (git.length === earlier.length) return { files: [], environment: {}, warnings: [], git };
  return {
    files: [
      ...grants.map(({ login }, index) => ({
        name: secretName(index),
        content: renderCredentialFile(login),
      })),
      { name: 'gitconfig', content: renderGitConfig(git) },
    ],
    environment: {
      ...gitEnvironment(`${folder}/gitconfig`, env),
      GIT_TERMINAL_PROMPT: '0',
      GCM_INTERACTIVE: 'never',
      CARGO_NET_GIT_FETCH_WITH_CLI: 'true',
      PIPELINE_CREDENTIALS_SESSION: folder,
    },
    warnings: [],
    git,
  };
}

function writtenSections(input: PlanInput): readonly WrittenSection[] {
  return gitSections(input).map((section): WrittenSection => {
    if (section.does !== 'sign-in') return section;
    const { grant, ...rest } = section;
    const files = [`${input.folder}/${secretName(input.grants.indexOf(grant))}`];
    return { ...rest, files, readOnly: grant.access === 'read' };
  });
}

function secretName(index: number): string {
  return `secret/${index + 1}`;
}
