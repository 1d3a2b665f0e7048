import type { Env } from '../env.ts';
import type { JsonObject } from '../json.ts';
import type { Secret } from '../secret.ts';
import type { DockerSeed, HostLogin } from './docker-config.ts';
import type { WrittenSection } from './git-sections.ts';
import type { NextflowFacts } from './nextflow-facts.ts';
import type { GitFacts } from './session-warnings.ts';

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
  /** Logins for docker's own file; null unless that is wanted. */
  readonly dockerHome: readonly HostLogin[] | null;
  /** The gitconfig that git's own file is to include; null unless that is wanted. */
  readonly gitHome: string | null;
}

/** What earlier setups of the job wrote for git. */
export interface EarlierSession {
  readonly configFile: string;
  readonly git: readonly WrittenSection[];
}

/** The program that signs CodeCommit's requests. */
export interface Signer {
  /** Absolute path of the node that is to run it. */
  readonly node: string;
  /** Reads its whole code, a module: a session holds a copy, since the program that made the session may go. */
  readonly code: () => string;
}

/** What is known of the machine and wanted of the session. */
export interface SessionSetting {
  /** Absolute path of the session folder. */
  readonly folder: string;
  /** The environment that the later steps of the job start from. */
  readonly env: Env;
  readonly earlier: EarlierSession | null;
  readonly git: 'private' | 'home' | 'none';
  readonly docker: 'private' | 'home' | 'none';
  readonly gitFacts: GitFacts;
  /** Null when no CodeCommit keys are in use. */
  readonly signer: Signer | null;
  readonly nextflowFacts: NextflowFacts;
  readonly dockerFacts: { readonly seed: DockerSeed; readonly containers: readonly JsonObject[] };
}

/** A part that writes nothing. */
export const nothing: SessionPlan = {
  files: [],
  environment: {},
  warnings: [],
  git: [],
  dockerHome: null,
  gitHome: null,
};
