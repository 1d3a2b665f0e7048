// `npm run bench`: ratios of one run against the budgets; `npm run bench -- start-up post` runs only these parts.
// BENCH_PEERS names a folder with checkouts of create-github-app-token and login-action to compare with.
import { isMet, table } from './table.mjs';

const parts = ['start-up', 'setup', 'app-token', 'credential-fill', 'selection', 'post', 'check'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are ${parts.join(', ')}.`);
  process.exit(2);
}

const rows = [];
for (const part of asked.length > 0 ? asked : parts) {
  console.error(`measuring ${part} ...`);
  rows.push(...(await (await import(`./${part}.mjs`)).rows()));
}
console.log(table(rows).join('\n'));
const missed = rows.filter((row) => !isMet(row));
if (missed.length > 0) console.error(`${missed.length} of ${rows.length} budgets are not met.`);
process.exit(missed.length === 0 ? 0 : 1);
