import { expect, test } from 'vitest';
import { rowsOf } from './stop/flow.ts';
import { tableOfKills } from './stop/killed.ts';
import { uploadFlows } from './stop/upload-flows.ts';

/**
 * Which value the store has when an upload is killed. The new one is where it was uploaded from all along.
 * Each line is a request: what was when the process was killed before it had an effect, and when it had it and no answer was
 * read yet. What was after its answer is the first of the next line. A line with `-` is a file: killed before each of its changes.
 */
const table = `
GET /repos/acme/rnaseq/actions/secrets/public-key | old: CI | old: CI
GET /repos/acme/rnaseq/actions/secrets/T | old: CI | old: CI
GET /user | old: CI | old: CI
GET /repos/acme/rnaseq/actions/secrets/public-key | old: CI | old: CI
PUT /repos/acme/rnaseq/actions/secrets/T | old: CI | new: CI
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI | new: CI
GET /repos/acme/rnaseq/actions/secrets/T | new: CI | new: CI
end | new: CI
`;

test('killed at any moment, the store has the old or the new value, and the next run ends it', async () => {
  const killed = await tableOfKills(uploadFlows['a repository of GitHub']);
  expect(killed.table).toEqual(rowsOf(table));
}, 120_000);
