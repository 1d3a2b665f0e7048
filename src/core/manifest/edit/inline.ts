import { type Fault, isFault } from '../../fault.ts';
import type { Secret } from '../../secret.ts';
import type { Reference } from '../manifest.ts';
import { edited } from './edit.ts';
import type { Plain } from './plain.ts';

/** A manifest's text with values in the place of references, for a store that keeps all in one secret. */
export function inlined(text: string, values: ReadonlyMap<Reference, Secret>): string | Fault {
  return [...values].reduce<string | Fault>(
    (rest, [reference, value]) => (isFault(rest) ? rest : withValueAt(rest, reference, value.reveal())),
    text,
  );
}

/** A manifest's text with something else where a reference stands. */
export function withValueAt(text: string, { place }: Reference, value: Plain): string | Fault {
  const [, index, app, key] = /^credentials\[(\d+)\]\.(app\.)?([a-z-]+)$/.exec(place.path) ?? [];
  if (index === undefined || key === undefined) return text;
  const at = ['credentials', Number(index), ...(app === undefined ? [] : ['app'])];
  return edited(text, { do: 'set', at, key, value });
}
