import { existsSync } from 'node:fs';
import { appendVariables, githubVoice } from './github-commands.ts';
import { type Env, type Job, type ReadText, readJob } from './job.ts';
import { terminalVoice } from './terminal.ts';
import type { Voice } from './voice.ts';

/** The CI that the command line runs in. */
export interface CommandLineCi {
  readonly job: Job;
  readonly voice: Voice;
  /** Sets variables for the later steps of the job; null where only the shell itself can. */
  readonly exportVariables: ((variables: Readonly<Record<string, string>>) => void) | null;
}

/**
 * Workflow commands are written only when this really is GitHub Actions: elsewhere `::add-mask::` would print the
 * secret (security rule 25). `write` is stderr.
 */
export function commandLineCi(env: Env, readText: ReadText, write: (line: string) => void): CommandLineCi {
  const job = readJob(env, readText);
  const file = env.GITHUB_ENV;
  if (job.ci === 'github' && file !== undefined && existsSync(file)) {
    return {
      job,
      voice: githubVoice(write),
      exportVariables: (variables) => appendVariables(file, variables),
    };
  }
  return { job, voice: terminalVoice(write), exportVariables: null };
}
