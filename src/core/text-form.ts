// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Without one trailing line break, as files and block texts have it. */
export function withoutLastBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** One line, and nothing in it that a protocol or a terminal obeys (security rule 5). */
export function isOneLine(text: string): boolean {
  return !control.test(text);
}

/** Lines of text, with nothing in them but line breaks and tabs that a protocol or a terminal obeys. */
export function isPlainLines(text: string): boolean {
  return !control.test(text.replace(/[\t\r\n]/g, ''));
}

/** Only ASCII that can be seen, and spaces. Asked first, it spares V8 making Unicode's classes, which takes milliseconds. */
export function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** What logs show in place of a secret: somebody copied it from there. */
export function isMasked(text: string): boolean {
  return /^(?:\*{3,}|\u2022{3,}|\[(?:masked|redacted|filtered)\]|<redacted>)$/i.test(text.trim());
}

/**
 * `$TOKEN`, `${TOKEN}`, `${{ secrets.TOKEN }}` or `%TOKEN%`, which arrives only when nothing put the value in; and what
 * people write for a reference: `env:TOKEN`, `secrets.TOKEN`, `"{ env: TOKEN }"`, `<your token>`.
 */
export function isPlaceholder(text: string): boolean {
  return placeholders.some((form) => form.test(text.trim()));
}

const placeholders = [
  /^(?:\$[A-Z_][A-Z0-9_]*|\$\{.*\}|%[A-Z_][A-Z0-9_]*%)$/,
  /^(?:process\.)?(?:env|secrets?|vars)[:.] ?[A-Z_][A-Z0-9_]*$/,
  /^\{ *(?:env|file) *: *[^{}]*\}$/,
  /^<[^<>]*>$/,
];
