import type { Env } from '../env.ts';

/**
 * Variables that make every git of the job include a file: one more pair for `GIT_CONFIG_COUNT`, which git 2.31 and
 * newer read, and `GIT_CONFIG_PARAMETERS`, which older ones read and which survives a step that sets its own count.
 * The file of an earlier setup gives way to this one, which holds what that one held.
 */
export function gitEnvironment(file: string, env: Env, earlier: string | null): Record<string, string> {
  return { ...countVariables(file, env, earlier), ...parametersVariable(file, env, earlier) };
}

/** A count that is no number makes every git fail already; it is left as it is. */
function countVariables(file: string, env: Env, earlier: string | null): Record<string, string> {
  const count = env.GIT_CONFIG_COUNT || '0';
  if (!/^\d{1,5}$/.test(count)) return {};
  const numbers = Array.from({ length: Number(count) }, (_none, index) => index);
  const taken = numbers.find((index) => earlier !== null && env[`GIT_CONFIG_VALUE_${index}`] === earlier);
  const index = taken ?? numbers.length;
  return {
    GIT_CONFIG_COUNT: String(Math.max(numbers.length, index + 1)),
    [`GIT_CONFIG_KEY_${index}`]: 'include.path',
    [`GIT_CONFIG_VALUE_${index}`]: file,
  };
}

function parametersVariable(file: string, env: Env, earlier: string | null): Record<string, string> {
  const before = env.GIT_CONFIG_PARAMETERS ?? '';
  const replaced = earlier === null ? before : before.split(included(earlier)).join(included(file));
  if (replaced !== before) return { GIT_CONFIG_PARAMETERS: replaced };
  return { GIT_CONFIG_PARAMETERS: before.trim() === '' ? included(file) : `${before} ${included(file)}` };
}

/** Git before 2.31 takes one quoted `key=value` only; newer ones take that and `'key'='value'`. See git's quote.c. */
export function included(file: string): string {
  return `'${`include.path=${file}`.replace(/['!]/g, (character) => `'\\${character}'`)}'`;
}
