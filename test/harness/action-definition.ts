import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

/** What the runner takes from an `action.yml`. */
export interface ActionDefinition {
  /** Absolute paths. */
  readonly main: string;
  readonly post?: string;
  /** Defaults by input; undefined for none. May hold expressions. */
  readonly inputs: Readonly<Record<string, string | undefined>>;
}

/** @param file path of an `action.yml`. */
export function readAction(file: string): ActionDefinition {
  const { runs, inputs = {} } = parse(readFileSync(file, 'utf8'));
  const script = (path: string): string => resolve(dirname(file), path);
  const defaults = Object.entries<{ default?: unknown }>(inputs).map(([name, input]) => [
    name,
    input.default === undefined ? undefined : String(input.default),
  ]);
  return {
    main: script(runs.main),
    ...(runs.post === undefined ? {} : { post: script(runs.post) }),
    inputs: Object.fromEntries(defaults),
  };
}

/**
 * The variables through which an action reads its inputs; `${{ github.x }}` in a default is looked up in `github`.
 * @throws Error for an input that the action does not declare, about which the runner warns only.
 */
export function inputVariables(
  { inputs }: ActionDefinition,
  given: Readonly<Record<string, string>>,
  github: Readonly<Record<string, string>>,
): Record<string, string> {
  const stranger = Object.keys(given).find((name) => !Object.hasOwn(inputs, name));
  if (stranger !== undefined) throw new Error(`the action has no input ${stranger}`);
  const evaluated = (text: string): string =>
    text.replace(/\$\{\{\s*github\.(\w+)\s*\}\}/g, (_, name: string) => github[name] ?? '');
  const variables = Object.entries(inputs).map(([name, otherwise]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    given[name] ?? evaluated(otherwise ?? ''),
  ]);
  return Object.fromEntries(variables);
}
