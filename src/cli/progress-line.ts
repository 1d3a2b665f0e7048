/** A line of progress that stays in its place; `show` replaces it, an empty text takes it away. */
export function progressLine(show: (text: string) => void): (done: number, total: number) => void {
  return (done, total) => show(done === total ? '' : `asked ${done} of ${total}`);
}
