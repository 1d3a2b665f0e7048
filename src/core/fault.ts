/** What is wrong with one value, before it is known where the value stands; never the value itself. */
export interface Fault {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** Tells what a parser refused from what it read. */
export function isFault(result: unknown): result is Fault {
  return typeof result === 'object' && result !== null && 'code' in result && 'hint' in result;
}
