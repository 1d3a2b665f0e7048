import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject, parseObject } from '../json.ts';
import { type JsonPath, rawValue, withoutValue, withValue } from './json-text.ts';

/** One value of the user's file, before and after; null: not there. */
export interface Change {
  readonly path: JsonPath;
  readonly before: string | null;
  readonly after: string | null;
}

/** How a file of the user was changed, with all that is needed to undo it. */
export interface HomeEdit {
  /** The whole text; null when there was no file. */
  readonly original: string | null;
  readonly written: string;
  readonly changes: readonly Change[];
}

/** Objects whose members are changed one by one, since others may add some meanwhile. */
const shared = ['auths', 'credHelpers'];

/** The edit that makes a file say what is wanted and leaves every byte alone that need not change. */
export function editFile(original: string | null, wanted: JsonObject): HomeEdit {
  let written = original ?? '{}\n';
  const changes: Change[] = [];
  const set = (path: JsonPath, value: unknown) => {
    const before = rawValue(written, path);
    if (before === null ? value === undefined : isDeepStrictEqual(JSON.parse(before), value)) return;
    const after = value === undefined ? null : JSON.stringify(value);
    changes.push({ path, before, after });
    written = after === null ? withoutValue(written, path) : withValue(written, path, after);
  };
  const had = parseObject(written) ?? {};
  for (const key of new Set([...Object.keys(had), ...Object.keys(wanted)])) {
    const value = wanted[key];
    if (!shared.includes(key) || !isObject(value)) {
      set([key], value);
      continue;
    }
    const members = isObject(had[key]) ? had[key] : {};
    if (!isObject(had[key])) set([key], {});
    for (const name of new Set([...Object.keys(members), ...Object.keys(value)]))
      set([key, name], value[name]);
  }
  return { original, written, changes };
}

/**
 * What a changed file must say once the change is taken back, null when it must go. Untouched by others it is the
 * original to the byte; else their edits stay, and of ours what nobody changed goes.
 */
export function undoEdit(current: string, { original, written, changes }: HomeEdit): string | null {
  if (current === written) return original;
  if (parseObject(current) === null) return withoutSecrets(current, changes);
  const undone = changes.toReversed().reduce(undoChange, current);
  return original === null && Object.keys(parseObject(undone) ?? {}).length === 0 ? null : undone;
}

function undoChange(text: string, { path, before, after }: Change): string {
  const now = rawValue(text, path);
  const isOurs = now === null ? after === null : after !== null && isSame(now, after);
  if (!isOurs) return text;
  if (before === null) return withoutValue(text, path);
  const parent = path.slice(0, -1);
  const hasParent = parent.length === 0 || rawValue(text, parent)?.startsWith('{');
  return hasParent ? withValue(text, path, before) : text;
}

function isSame(one: string, other: string): boolean {
  return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
}

/** Somebody broke the file; nothing can be put back, but no login of ours may stay. */
function withoutSecrets(text: string, changes: readonly Change[]): string {
  return changes.reduce((left, { after, before }) => {
    const login = after === null ? null : (parseObject(after)?.auth ?? null);
    return typeof login === 'string' && !before?.includes(login) ? left.replaceAll(login, '') : left;
  }, text);
}
