import type { Env } from '../env.ts';
import { included } from './git-environment.ts';

/** What setup sets to a value of its own, whatever the session. */
const constants: readonly (readonly [string, string])[] = [
  ['GIT_TERMINAL_PROMPT', '0'],
  ['GCM_INTERACTIVE', 'never'],
  ['CARGO_NET_GIT_FETCH_WITH_CLI', 'true'],
];

/**
 * The variables of a shell that lead to a session which is gone, as they must become; null: unset. What they were before
 * it went with it. Somebody ran `cleanup` and did not let the shell read what it prints.
 */
export function staleVariables(env: Env, folder: string): Readonly<Record<string, string | null>> {
  const leading = Object.entries(env).filter(
    ([name, value]) => !name.startsWith('GIT_CONFIG_') && isInside(value, folder),
  );
  if (leading.length === 0) return {};
  const ours = constants.filter(([name, value]) => env[name] === value);
  return {
    ...Object.fromEntries([...leading, ...ours].map(([name]) => [name, null])),
    ...withoutPair(env, folder),
    ...withoutParameter(env, folder),
  };
}

function isInside(value: string | undefined, folder: string): boolean {
  return value === folder || value?.startsWith(`${folder}/`) === true;
}

/** Only the last pair can go: those behind another are numbered on. To git an include of nothing is nothing. */
function withoutPair(env: Env, folder: string): Record<string, string | null> {
  const last = Number(env.GIT_CONFIG_COUNT) - 1;
  if (!isInside(env[`GIT_CONFIG_VALUE_${last}`], folder)) return {};
  return {
    GIT_CONFIG_COUNT: last === 0 ? null : String(last),
    [`GIT_CONFIG_KEY_${last}`]: null,
    [`GIT_CONFIG_VALUE_${last}`]: null,
  };
}

function withoutParameter(
  { GIT_CONFIG_PARAMETERS: text = '' }: Env,
  folder: string,
): Record<string, string | null> {
  const rest = text
    .split(included(`${folder}/gitconfig`))
    .join('')
    .trim();
  if (rest === text.trim()) return {};
  return { GIT_CONFIG_PARAMETERS: rest === '' ? null : rest };
}
