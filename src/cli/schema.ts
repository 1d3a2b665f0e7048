import { manifestJsonSchema } from '../core/manifest/json-schema.ts';
import { gitProviders } from '../providers/index.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (_args, shell) => {
  shell.print(`${JSON.stringify(manifestJsonSchema(gitProviders), null, 2)}\n`);
  return 0;
};
