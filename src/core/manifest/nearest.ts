/**
 * The known word at most two typing mistakes away from a text, one for a text of up to four letters, since `pat` is no
 * mistyped `app`. The nearest; null when none is.
 */
export function nearest(text: string, known: Iterable<string>): string | null {
  const scored = [...known].map((word) => ({ word, distance: distance(text, word) }));
  const best = scored.sort((a, b) => a.distance - b.distance)[0];
  const most = text.length <= 4 ? 1 : 2;
  return best === undefined || best.distance > most || best.distance >= best.word.length ? null : best.word;
}

/** Damerau's distance, as far as it matters: insertions, deletions, replacements and swaps of neighbours. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const least = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (same ? 0 : 1));
      next.push(swapped ? Math.min(least, at(before, j - 2) + 1) : least);
    }
    [before, row] = [row, next];
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
