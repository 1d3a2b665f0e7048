import { type Fault, isFault } from '../../fault.ts';
import { manifestText } from '../encoding.ts';

/** A manifest's text as people edit it, and how it was packed: base64 stays base64, a byte order mark stays. */
export interface Unpacked {
  readonly text: string;
  /** Packs a new text in the same way. */
  readonly pack: (text: string) => string;
}

/** Takes the text out of base64 where it is packed so. */
export function unpack(given: string): Unpacked | Fault {
  const text = manifestText(given);
  if (isFault(text)) return text;
  const mark = '\ufeff';
  if (given.startsWith(mark)) return { text, pack: (edited) => `${mark}${edited}` };
  if (text === given) return { text, pack: (edited) => edited };
  const end = /\s*$/.exec(given)?.[0] ?? '';
  const width = given.trim().search(/\s/);
  return { text, pack: (edited) => folded(Buffer.from(edited).toString('base64'), width) + end };
}

/** Lines of so many characters; one line for -1. */
function folded(base64: string, width: number): string {
  return width < 1 ? base64 : (base64.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n');
}
