/**
 * A text in lines of at most so many characters, broken between words; a longer word stands alone. Null leaves it whole:
 * logs break their lines themselves.
 */
export function wrapped(text: string, width: number | null): readonly string[] {
  if (width === null) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The same behind a first column: what goes on below it starts where the text does, unless too little room is left. */
export function hanging(start: string, text: string, columns: number | null): readonly string[] {
  if (columns === null || start.length + text.length <= columns) return [`${start}${text}`];
  const isNarrow = columns - start.length < narrowest;
  const indent = isNarrow ? 4 : start.length;
  const [first = '', ...others] = isNarrow
    ? ['', ...wrapped(text, columns - indent)]
    : wrapped(text, columns - indent);
  return [`${start}${first}`.trimEnd(), ...others.map((line) => `${' '.repeat(indent)}${line}`)];
}

/** Characters that a column of sentences needs to be read with pleasure. */
const narrowest = 30;
