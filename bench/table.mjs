// One row per question: a figure, the budget it has to keep, and whether it does.

/**
 * @typedef {{what: string, figure: number | null, unit?: string, atMost?: number, atLeast?: number, note?: string}} Row
 * A `figure` of null was not measured, which is no failure.
 */

/** @param {Row} row */
export function isMet({ figure, atMost, atLeast }) {
  if (figure === null) return true;
  return figure <= (atMost ?? Number.POSITIVE_INFINITY) && figure >= (atLeast ?? 0);
}

/** @param {readonly Row[]} rows */
export function table(rows) {
  const cells = [['what', 'figure', 'budget', '', ''], ...rows.map(cellsOf)];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

function cellsOf(row) {
  const unit = row.unit ?? 'x';
  const figure = row.figure === null ? 'not measured' : `${round(row.figure)}${unit}`;
  const budget =
    row.atMost !== undefined
      ? `<= ${row.atMost}${unit}`
      : row.atLeast !== undefined
        ? `>= ${row.atLeast}${unit}`
        : '';
  const verdict = budget === '' || row.figure === null ? '' : isMet(row) ? 'met' : 'NOT MET';
  return [row.what, figure, budget, verdict, row.note ?? ''];
}

function round(figure) {
  return Number.isInteger(figure) ? String(figure) : figure.toFixed(2);
}
