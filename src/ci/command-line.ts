import { existsSync } from 'node:fs';
import type { Env } from '../core/env.ts';
import { bitbucketVoice } from './bitbucket.ts';
import { appendVariables, githubVoice } from './github-commands.ts';
import { gitlabVoice } from './gitlab.ts';
import type { CiName, Job, ReadText } from './job.ts';
import { readJob } from './read-job.ts';
import { terminalVoice } from './terminal.ts';
import type { Voice } from './voice.ts';

/** The CI that the command line runs in. */
export interface CommandLineCi {
  readonly job: Job;
  readonly voice: Voice;
  /** Sets variables for the later steps of the job; null where only the shell itself can. */
  readonly exportVariables: ((variables: Readonly<Record<string, string>>) => void) | null;
}

/** What a door gives. `write` is stderr. */
export interface CommandLineDoor {
  readonly readText: ReadText;
  readonly write: (line: string) => void;
  readonly now: () => Date;
}

/**
 * Workflow commands are written only when this really is GitHub Actions: elsewhere `::add-mask::` would print the
 * secret (security rule 25).
 */
export function commandLineCi(env: Env, { readText, write, now }: CommandLineDoor): CommandLineCi {
  const job = readJob(env, readText);
  const file = env.GITHUB_ENV;
  if (job.ci === 'github' && file !== undefined && existsSync(file)) {
    return {
      job,
      voice: githubVoice(write),
      exportVariables: (variables) => appendVariables(file, variables),
    };
  }
  return { job, voice: voiceOf(job.ci, write, now), exportVariables: null };
}

function voiceOf(ci: CiName, write: (line: string) => void, now: () => Date): Voice {
  if (ci === 'gitlab') return gitlabVoice(write, now);
  return ci === 'bitbucket' ? bitbucketVoice(write) : terminalVoice(write);
}
