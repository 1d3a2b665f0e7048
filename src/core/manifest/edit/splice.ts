/** Puts `text` in the place of everything from one offset up to another. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Does splices that do not overlap, all at once. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const lastFirst = [...splices].sort((a, b) => b.from - a.from);
  return lastFirst.reduce(
    (rest, { from, to, text: put }) => rest.slice(0, from) + put + rest.slice(to),
    text,
  );
}

/** Puts lines, each indented, before an offset that starts a line, or at the end of a text without a last line end. */
export function insertedLines(
  text: string,
  at: number,
  { lines, indent, eol }: { lines: readonly string[]; indent: string; eol: string },
): Splice {
  const put = lines.map((line) => (line === '' ? '' : `${indent}${line}`)).join(eol);
  const open = at > 0 && text[at - 1] !== '\n';
  return { from: at, to: at, text: open ? `${eol}${put}` : `${put}${eol}` };
}
