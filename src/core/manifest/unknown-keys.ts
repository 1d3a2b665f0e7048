import type * as v from 'valibot';
import { foreseenKey } from './foreseen.ts';
import { nearest } from './nearest.ts';
import type { Path } from './tree.ts';

export interface UnknownKey {
  /** Where the mapping stands that has the key. */
  readonly parent: Path;
  readonly key: string;
  /** The known key that was probably meant. */
  readonly meant: string | null;
}

type Definition = v.GenericSchema & {
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
  readonly options?: readonly v.GenericSchema[];
};

/** Every key of a value that its definition does not have: the validator itself names only the first of a mapping. */
export function unknownKeys(definition: v.GenericSchema, value: unknown, path: Path = []): UnknownKey[] {
  if (typeof value !== 'object' || value === null) return [];
  const { item, ...rest } = unwrapped(definition);
  if (Array.isArray(value)) {
    return item === undefined
      ? []
      : value.flatMap((each, index) => unknownKeys(item, each, [...path, index]));
  }
  const entries = entriesOf(rest);
  if (entries === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = entries.get(key);
    if (known !== undefined) return unknownKeys(known, inner, [...path, key]);
    return [{ parent: path, key, meant: meantKey(key, new Set(entries.keys())) }];
  });
}

function meantKey(key: string, known: ReadonlySet<string>): string | null {
  return foreseenKey(key, known) ?? nearest(key, known);
}

function unwrapped(definition: v.GenericSchema): Definition {
  const { wrapped } = definition as Definition;
  return wrapped === undefined ? (definition as Definition) : unwrapped(wrapped);
}

/** The keys that a mapping may have; those of all its forms, when it has several. Null when any key may stand there. */
function entriesOf({
  entries,
  options,
}: Omit<Definition, 'item'>): ReadonlyMap<string, v.GenericSchema> | null {
  if (entries !== undefined) return new Map(Object.entries(entries));
  const forms = (options ?? [])
    .filter((option) => typeof option === 'object')
    .map((option) => entriesOf(unwrapped(option)));
  const known = forms.filter((form) => form !== null);
  return known.length === 0 ? null : new Map(known.flatMap((form) => [...form]));
}
