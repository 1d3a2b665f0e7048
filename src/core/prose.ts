import { isAscii } from './text-form.ts';

/** The longest text that a manifest or a host gets printed, in characters. */
const longest = 200;

/** ECMA-48: CSI sequences, strings such as OSC up to their end, other escapes; 8-bit CSI. */
const esc = '\\u{1b}';
const terminalSequences = new RegExp(
  [
    `${esc}\\[[0-?]*[ -/]*[@-~]`,
    `${esc}[\\]P^_X][^\\u{7}${esc}]*(?:\\u{7}|${esc}\\\\)?`,
    `${esc}[ -/]*[0-~]?`,
    '\\u{9b}[0-?]*[ -/]*[@-~]',
  ].join('|'),
  'gu',
);
const lineEnds = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;

/**
 * Makes a text that a manifest, a host or a program wrote fit to print: one line of at most 200 characters, known
 * secrets as `***`, no control, terminal or bidi characters, nothing that a CI system obeys (security rule 27).
 * The escaper of the format (Markdown, HTML ...) comes after it. `secrets` holds all forms of `maskForms`.
 */
export function prose(text: string, secrets: Iterable<string>): string {
  return shortened(defused(redacted(visible(text), secrets).replace(/\s+/g, ' ').trim()));
}

function visible(text: string): string {
  if (isAscii(text)) return text;
  return text.replace(terminalSequences, '').replace(lineEnds, ' ').replace(invisible, '');
}

/** Puts `***` for every secret, the longest first, so that no form leaves a part of another behind. */
export function redacted(text: string, secrets: Iterable<string>): string {
  const longestFirst = [...secrets].filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** Breaks workflow commands (`::`, `##[`, `##vso[`) and the markers of log sections. */
function defused(text: string): string {
  return text
    .replace(/:(?=:)/g, ': ')
    .replace(/#(?=#)/g, '# ')
    .replace(/section_(?=start|end)/gi, 'section ');
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}
