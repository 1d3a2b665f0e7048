import * as v from 'valibot';
import { parse } from 'yaml';
import { type BitbucketFile, type BitbucketStep, bitbucketSchema } from './bitbucket-schema.ts';
import type { JobMachine, Said } from './job-machine.ts';

/** Reads a file as Bitbucket does, anchors resolved, refusing what the schema does not know. */
export function readBitbucketFile(text: string): BitbucketFile {
  return v.parse(bitbucketSchema, parse(text));
}

/** The steps of a pipeline, one after the other. */
export function stepsOf(pipeline: unknown): readonly BitbucketStep[] {
  if (!Array.isArray(pipeline)) throw new Error('an imported pipeline has no steps here');
  return pipeline.flatMap((item) => ('step' in item ? [item.step] : []));
}

export interface StepRun {
  readonly script: Said;
  readonly after: Said;
}

/** Runs `script` in one shell and `after-script` in another, whatever became of the first. */
export async function runStep(
  machine: JobMachine,
  step: BitbucketStep,
  env: Readonly<Record<string, string>> = {},
): Promise<StepRun> {
  const script = await machine.run(step.script, env);
  const exitCode = { BITBUCKET_EXIT_CODE: String(script.code) };
  return { script, after: await machine.run(step['after-script'] ?? [], { ...env, ...exitCode }) };
}
