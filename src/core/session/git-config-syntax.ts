/** The line that begins a section: `[credential "https://github.com/acme"]`. */
export function header(section: string, subsection: string): string {
  return `[${section} "${escaped(subsection)}"]\n`;
}

/** A line of a section, in quotes where git would read something else; an empty value takes earlier ones away. */
export function entry(key: string, value: string): string {
  if (value === '') return `${key} =\n`;
  const plain = /^[\w/.:@+~%-]*$/.test(value);
  return `${key} = ${plain ? value : `"${escaped(value)}"`}\n`;
}

/** Inside quotes git knows two special characters; a line break could start a section of its own. */
function escaped(text: string): string {
  if (/[\0\r\n]/.test(text)) throw new TypeError('A line break cannot be written to a git configuration.');
  return text.replace(/["\\]/g, '\\$&');
}
