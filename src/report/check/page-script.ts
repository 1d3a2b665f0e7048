/** The page's script: sorts tables by their heads, and leaves out what is fine. Everything is there without it. */
export const script = `
for (const table of document.querySelectorAll('table')) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const key = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent;
  const compare = (a, b) => (isNaN(a) || isNaN(b) ? (a < b ? -1 : a > b ? 1 : 0) : a - b);
  heads.forEach((head, column) => head.querySelector('button')?.addEventListener('click', () => {
    const way = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
    for (const other of heads) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', way === 1 ? 'ascending' : 'descending');
    const rows = [...body.rows].sort((a, b) => way * compare(key(a, column), key(b, column)));
    body.append(...rows);
  }));
}
const filter = document.querySelector('.filter');
filter.hidden = false;
filter.querySelector('input').addEventListener('change', (event) => {
  document.querySelector('main').classList.toggle('attention', event.target.checked);
});
`;
