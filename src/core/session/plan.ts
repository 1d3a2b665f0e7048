import type { Secret } from '../secret.ts';
import type { WrittenSection } from './git-config.ts';
import { type GitPlanInput, planGit } from './git-plan.ts';

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
export type PlanInput = GitPlanInput;

/** Decides the files and variables of a session. */
export function planSession(input: PlanInput): SessionPlan {
  const { sections, files, environment } = planGit(input);
  if (files.length === 0) return { files, environment, warnings: [], git: sections };
  return {
    files,
    environment: { ...environment, PIPELINE_CREDENTIALS_SESSION: input.folder },
    warnings: [],
    git: sections,
  };
}
