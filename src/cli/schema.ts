import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (_args, shell) => {
  const { manifestJsonSchema } = await import('../core/manifest/json-schema.ts');
  shell.print(`${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
  return 0;
};
