import { type Fault, isFault } from '../../fault.ts';
import type { Secret } from '../../secret.ts';
import type { Reference } from '../manifest.ts';
import { type Edit, edited } from './edit.ts';

/** A manifest's text with values in the place of references, for a store that keeps all in one secret. */
export function inlined(text: string, values: ReadonlyMap<Reference, Secret>): string | Fault {
  return [...values].reduce<string | Fault>((rest, [reference, value]) => {
    const edit = isFault(rest) ? null : editFor(reference, value);
    return isFault(rest) || edit === null ? rest : edited(rest, edit);
  }, text);
}

function editFor({ place }: Reference, value: Secret): Edit | null {
  const [, index, app, key] = /^credentials\[(\d+)\]\.(app\.)?([a-z-]+)$/.exec(place.path) ?? [];
  if (index === undefined || key === undefined) return null;
  const at = ['credentials', Number(index), ...(app === undefined ? [] : ['app'])];
  return { do: 'set', at, key, value: value.reveal() };
}
