/** A JSON object, as files of other programs hold it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a JSON object; null when the text is anything else. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key; empty when there is none. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}

/** The texts of the object under a key. */
export function textsAt(object: JsonObject, key: string): Record<string, string> {
  const entries = Object.entries(objectAt(object, key));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
