type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Whether a variable may carry secrets of ours and must not reach a child: the action's inputs, the manifest, and the
 * variables that the manifest's `{env}` named (security rule 21).
 */
function isOurSecretVariable(name: string, namedByManifest: ReadonlySet<string>): boolean {
  return (
    name.toUpperCase().startsWith('INPUT_') || name === 'PIPELINE_CREDENTIALS' || namedByManifest.has(name)
  );
}

/** The environment of a child process: the given one without our secrets, with what a session adds. */
export function childEnvironment(
  env: Variables,
  namedByManifest: ReadonlySet<string>,
  added: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !isOurSecretVariable(entry[0], namedByManifest),
  );
  return { ...Object.fromEntries(kept), ...added };
}
