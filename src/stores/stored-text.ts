import type { Entry } from './store.ts';

/** What a store gets to keep for an entry. */
export function storedText({ value, form }: Entry): string {
  const text = value.reveal();
  return form === 'base64' ? Buffer.from(text).toString('base64') : text;
}

/** In bytes, as it is stored. */
export function storedSize(entry: Entry): number {
  return Buffer.byteLength(storedText(entry));
}
