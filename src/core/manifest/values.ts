import * as v from 'valibot';
import { shortestSecret } from '../mask-forms.ts';
import { isMasked, isOneLine, isPlaceholder, isPlainLines, withoutLastBreak } from '../text-form.ts';
import type { WordingCode } from './wording.ts';

/**
 * The values a manifest is made of. All are texts, as the document is read (security rule 3); `metadata` says what
 * an editor, which reads YAML's own types, may see instead. Messages are codes of `wording.ts`.
 */
export function code(name: WordingCode): WordingCode {
  return name;
}

/** The same definition with what an editor shows for it. */
export function about<Schema extends v.GenericSchema>(
  schema: Schema,
  description: string,
  ...examples: readonly string[]
) {
  const shown = { description, ...(examples.length > 0 && { examples: [...examples] }) };
  return v.pipe(schema, v.metadata(shown));
}

/** Editors see `installation-id: 4711` as a number. */
const alsoNumber = { type: ['string', 'number'] };

/** One line of text. */
export const line = v.pipe(v.string(code('text-expected')), v.check(isOneLine, code('control-character')));

export const lines = v.pipe(
  v.string(code('text-expected')),
  v.check(isPlainLines, code('control-character')),
);

const variableName = v.pipe(
  v.string(code('text-expected')),
  v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, code('variable-name-invalid')),
);

/** Security rule 2: absolute, and not a window into the machine. */
const filePath = v.pipe(
  line,
  v.regex(/^(?:\/|[A-Za-z]:[\\/])/, code('file-path-relative')),
  v.check((path) => !/^\/+(?:proc|sys|dev)(?:\/|$)/.test(path), code('file-path-unsafe')),
);

export const env = v.strictObject({
  env: about(variableName, 'Name of the environment variable that holds the value.'),
});
const whereFile = v.union([filePath, env], code('reference-invalid'));
export const file = v.strictObject({
  file: about(whereFile, 'Absolute path of the file that holds the value, or { env: NAME } with the path.'),
});

const filledIn = v.check((text: string) => !isPlaceholder(text), code('placeholder'));
const notMasked = v.check((text: string) => !isMasked(text), code('masked'));
const longEnough = v.check(
  (text: string) => withoutLastBreak(text).length >= shortestSecret,
  code('secret-short'),
);

/** A block text (`|`) ends in a line break, which does not count. */
const shortText = v.pipe(
  v.string(code('text-expected')),
  v.check((text) => isOneLine(withoutLastBreak(text)), code('control-character')),
  filledIn,
  v.metadata(alsoNumber),
);
const secretText = v.pipe(shortText, notMasked, longEnough, v.metadata({ minLength: shortestSecret }));
const secretLines = v.pipe(lines, filledIn, notMasked, longEnough, v.metadata({ minLength: shortestSecret }));

/** A user name, an e-mail or an id: literal or by name. */
export const reference = v.union([shortText, env, file], code('reference-invalid'));
/** A secret in one line: literal or by name. */
export const secret = v.union([secretText, env, file], code('reference-invalid'));
/** A key in many lines: literal or by name. */
export const secretKey = v.union([secretLines, env, file], code('reference-invalid'));
/** Known hosts, in many lines. */
export const referenceLines = v.union([lines, env, file], code('reference-invalid'));

/** A list, or its one item. */
export function oneOrMany<Item extends v.GenericSchema>(item: Item) {
  return v.union([item, v.array(item, code('list-expected'))], code('list-expected'));
}

export const yesNo = v.pipe(
  v.picklist(['true', 'false', 'True', 'False', 'TRUE', 'FALSE'], code('boolean-expected')),
  v.metadata({ type: 'boolean', enum: [true, false] }),
);
