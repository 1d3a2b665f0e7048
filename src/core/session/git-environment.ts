type Env = Readonly<Record<string, string | undefined>>;

/**
 * Variables that make every git of the job include a file: one more pair for `GIT_CONFIG_COUNT`, which git 2.31 and
 * newer read, and `GIT_CONFIG_PARAMETERS`, which older ones read and which survives a step that sets its own count.
 */
export function gitEnvironment(configFile: string, env: Env): Record<string, string> {
  return { ...countVariables(configFile, env), ...parametersVariable(configFile, env) };
}

/** A count that is no number makes every git fail already; it is left as it is. */
function countVariables(configFile: string, env: Env): Record<string, string> {
  const count = env.GIT_CONFIG_COUNT || '0';
  if (!/^\d{1,9}$/.test(count)) return {};
  return {
    GIT_CONFIG_COUNT: String(Number(count) + 1),
    [`GIT_CONFIG_KEY_${Number(count)}`]: 'include.path',
    [`GIT_CONFIG_VALUE_${Number(count)}`]: configFile,
  };
}

function parametersVariable(configFile: string, env: Env): Record<string, string> {
  const earlier = env.GIT_CONFIG_PARAMETERS ?? '';
  const ours = quoteAsGitDoes(`include.path=${configFile}`);
  return { GIT_CONFIG_PARAMETERS: earlier.trim() === '' ? ours : `${earlier} ${ours}` };
}

/** Git before 2.31 takes one quoted `key=value` only; newer ones take that and `'key'='value'`. See git's quote.c. */
function quoteAsGitDoes(text: string): string {
  return `'${text.replace(/['!]/g, (character) => `'\\${character}'`)}'`;
}
