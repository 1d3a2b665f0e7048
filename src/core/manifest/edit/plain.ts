/** A value as an edit writes it. Numbers and booleans are written without quotes; reading makes texts of them. */
export type Plain = string | number | boolean | readonly Plain[] | PlainMap;

export interface PlainMap {
  readonly [key: string]: Plain;
}

export function isPlainMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same as reading gives it back: every scalar a text. */
export function asRead(value: Plain): unknown {
  if (isPlainMap(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asRead(inner)]));
  return Array.isArray(value) ? value.map(asRead) : String(value);
}
