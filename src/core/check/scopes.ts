import type { Ability } from './ability.ts';

/** How a host's scopes read. */
export interface ScopeTable {
  /** Scopes that a scope brings with it. */
  readonly includes: Readonly<Record<string, readonly string[]>>;
  /**
   * What each ability takes: all of the lists, of each list one scope. The first of a list is the one to ask for.
   * An ability that is not here cannot be told by scopes.
   */
  readonly needs: Readonly<Partial<Record<Ability, readonly (readonly string[])[]>>>;
  /** Scopes of a kind that says nothing by itself (GitLab's `granular`): then nothing is known to be missing. */
  readonly opaque?: readonly string[];
}

/** The scopes to add for these abilities, each once; none when the scopes are not known. */
export function missingScopes(
  table: ScopeTable,
  scopes: readonly string[] | null,
  abilities: readonly Ability[],
): readonly string[] {
  if (scopes === null || scopes.some((scope) => table.opaque?.includes(scope))) return [];
  const granted = withIncluded(table, scopes);
  const lists = abilities.flatMap((ability) => table.needs[ability] ?? []);
  const lacking = lists.filter((list) => !list.some((scope) => granted.has(scope)));
  return [...new Set(lacking.flatMap(([first]) => first ?? []))];
}

function withIncluded({ includes }: ScopeTable, scopes: readonly string[]): ReadonlySet<string> {
  const granted = new Set(scopes);
  // A set may grow while it is walked: what is added is visited too.
  for (const scope of granted) for (const included of includes[scope] ?? []) granted.add(included);
  return granted;
}
