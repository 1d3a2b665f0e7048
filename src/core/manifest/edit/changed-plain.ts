import type { Path } from '../tree.ts';
import { asRead, type Plain } from './plain.ts';

/** One change of a document: at a path through mappings and lists that exist. */
export type Edit =
  | { readonly do: 'set'; readonly at: Path; readonly key: string; readonly value: Plain }
  | { readonly do: 'unset'; readonly at: Path; readonly key: string }
  | { readonly do: 'append'; readonly at: Path; readonly value: Plain }
  | { readonly do: 'remove'; readonly at: Path; readonly index: number };

type Value = Record<string, unknown> | unknown[] | string;

/** What a document's value is after an edit; the value given is left alone. */
export function changedPlain(value: unknown, edit: Edit): unknown {
  return changedAt(value as Value, edit.at, (inner) => apply(inner, edit));
}

function changedAt(value: Value, [step, ...rest]: Path, change: (value: Value) => unknown): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? changedAt(item as Value, rest, change) : item));
  }
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === step ? changedAt(inner as Value, rest, change) : inner,
  ]);
  return Object.fromEntries(entries);
}

function apply(value: Value, edit: Edit): unknown {
  if (Array.isArray(value)) {
    if (edit.do === 'append') return [...value, asRead(edit.value)];
    return edit.do === 'remove' ? value.filter((_, index) => index !== edit.index) : value;
  }
  if (typeof value === 'string') return value;
  if (edit.do === 'set') return { ...value, [edit.key]: asRead(edit.value) };
  if (edit.do !== 'unset') return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== edit.key));
}
