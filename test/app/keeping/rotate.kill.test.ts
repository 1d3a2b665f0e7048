import { expect, test } from 'vitest';
import { rowsOf } from './stop/flow.ts';
import { tableOfKills } from './stop/killed.ts';
import { rotateFlows } from './stop/rotate-flows.ts';

/**
 * Which token works when a rotation is killed, and who knows it: CI by its variable, this machine by the rescue file, or
 * only the token that manages it, which brings it back in the next run: that is why a rotation without one is refused.
 * Each line is a request: what was when the process was killed before it had an effect, and when it had it and no answer was
 * read yet. What was after its answer is the first of the next line. A line with `-` is a file: killed before each of its changes.
 */
const table = `
- pipeline-credentials | old: CI
- rotate lab.lock | old: CI
GET /projects/acme%2Fpipeline | old: CI | old: CI
GET /personal_access_tokens/self | old: CI | old: CI
GET /users/70 | old: CI | old: CI
GET /projects/7/access_tokens/100 | old: CI | old: CI
GET /projects/acme%2Fpipeline/variables/LAB | old: CI | old: CI
PUT /projects/acme%2Fpipeline/variables/LAB | old: CI | old: CI
GET /projects/acme%2Fpipeline/variables/LAB | old: CI | old: CI
- rotate lab.json | old: CI
POST /personal_access_tokens/self/rotate | old: CI | new: its manager
- rotate lab.json | new: its manager
GET /projects/acme%2Fpipeline/variables/LAB | new: rescue | new: rescue
PUT /projects/acme%2Fpipeline/variables/LAB | new: rescue | new: CI, rescue
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, rescue | new: CI, rescue
GET /personal_access_tokens/self | new: CI, rescue | new: CI, rescue
- rotate lab.json | new: CI, rescue
- rotate lab.lock | new: CI
end | new: CI
`;

test('killed at any moment, the old or the new token works and is known, and the next run ends it', async () => {
  const killed = await tableOfKills(rotateFlows['a variable of GitLab']);
  expect(killed.table).toEqual(rowsOf(table));
  expect(killed.kills).toBeGreaterThan(30);
}, 120_000);
