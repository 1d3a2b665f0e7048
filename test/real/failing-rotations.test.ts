import { describe, expect, test } from 'vitest';
import { tableOfFailures } from '../app/keeping/stop/failed.ts';
import { type Flow, rowsOf } from '../app/keeping/stop/flow.ts';
import { guidedFlows } from '../app/keeping/stop/guided-flows.ts';
import { rotateFlows } from '../app/keeping/stop/rotate-flows.ts';

// A thousand failures: too long for a unit test.
const flows: Readonly<Record<string, Flow>> = { ...rotateFlows, ...guidedFlows };

/**
 * Which token works when a request fails, and who knows it, by where its place is; guided ones by their host. Mostly, and
 * in which ways of failing else. `and on`: the run came through all the same. `gone`: all later requests fail too.
 */
const tables: Readonly<Record<string, string>> = {
  'a secret of GitHub': `
GET /personal_access_tokens/self | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /users/70 | new: CI, and on | old: CI (gone, not JSON)
GET /projects/7/access_tokens/100 | new: CI, and on | old: CI (gone, not JSON)
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /repos/acme/rnaseq/actions/secrets/LAB | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
PUT /repos/acme/rnaseq/actions/secrets/LAB | old: CI | new: CI, and on (answer lost, done but 504)
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI, and on | old: CI (gone)
GET /repos/acme/rnaseq/actions/secrets/LAB | new: CI, and on | old: CI (gone)
POST /personal_access_tokens/self/rotate | old: CI | new: CI, and on (answer lost, done but 504, done but 403)
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI, and on | new: rescue (403, gone, done but 403)
GET /repos/acme/rnaseq/actions/secrets/LAB | new: CI, and on | new: rescue (403, gone, done but 403)
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI, and on | new: rescue (403, gone, done but 403)
PUT /repos/acme/rnaseq/actions/secrets/LAB | new: CI, and on | new: rescue (403, gone) | new: CI, rescue (done but 403)
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI, and on | new: CI, rescue (gone)
GET /repos/acme/rnaseq/actions/secrets/LAB | new: CI, and on | new: CI, rescue (gone)
GET /personal_access_tokens/self | new: CI, and on | new: CI, rescue (403, 429, gone, not JSON, done but 403)
`,
  'a variable of Bitbucket': `
GET /personal_access_tokens/self | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /users/70 | new: CI, and on | old: CI (gone, not JSON)
GET /projects/7/access_tokens/100 | new: CI, and on | old: CI (gone, not JSON)
GET /repositories/acme/pipeline/pipelines_config/variables | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
PUT /repositories/acme/pipeline/pipelines_config/variables/%7B1%7D | old: CI
GET /repositories/acme/pipeline/pipelines_config/variables | new: CI, and on | old: CI (gone)
POST /personal_access_tokens/self/rotate | old: CI | new: CI, and on (answer lost, done but 504, done but 403)
GET /repositories/acme/pipeline/pipelines_config/variables | new: CI, and on | new: rescue (403, gone, done but 403)
PUT /repositories/acme/pipeline/pipelines_config/variables/%7B1%7D | new: CI, and on | new: rescue (403, gone) | new: CI, rescue (done but 403)
GET /repositories/acme/pipeline/pipelines_config/variables | new: CI, and on | new: CI, rescue (gone)
GET /personal_access_tokens/self | new: CI, and on | new: CI, rescue (403, 429, gone, not JSON, done but 403)
`,
  'a file': `
GET /personal_access_tokens/self | new: file, and on | old: file (403, 429, gone, not JSON, done but 403)
GET /users/70 | new: file, and on | old: file (gone, not JSON)
GET /projects/7/access_tokens/100 | new: file, and on | old: file (gone, not JSON)
POST /personal_access_tokens/self/rotate | old: file | new: file, and on (answer lost, done but 504, done but 403)
GET /personal_access_tokens/self | new: file, and on | new: file, rescue (403, 429, gone, not JSON, done but 403)
`,
  'the manifest': `
GET /personal_access_tokens/self | new: manifest, and on | old: manifest (403, 429, gone, not JSON, done but 403)
GET /users/70 | new: manifest, and on | old: manifest (gone, not JSON)
GET /projects/7/access_tokens/100 | new: manifest, and on | old: manifest (gone, not JSON)
POST /personal_access_tokens/self/rotate | old: manifest | new: manifest, and on (answer lost, done but 504, done but 403)
GET /personal_access_tokens/self | new: manifest, and on | new: manifest, rescue (403, 429, gone, not JSON, done but 403)
`,
  'a file, and a manifest that GitLab has': `
GET /projects/acme%2Fpipeline | new: CI, file, and on | old: file (403, 429, gone, not JSON, done but 403)
GET /personal_access_tokens/self | new: CI, file, and on | old: file (403, 429, gone, not JSON, done but 403)
GET /users/70 | new: CI, file, and on | old: file (gone, not JSON)
GET /projects/7/access_tokens/100 | new: CI, file, and on | old: file (gone, not JSON)
GET /projects/acme%2Fpipeline/variables/PIPELINE_CREDENTIALS | new: CI, file, and on | old: file (403, 429, gone, not JSON, done but 403)
POST /projects/acme%2Fpipeline/variables | old: file | new: CI, file, and on (answer lost, done but 504) | old: CI, file (done but 403)
GET /projects/acme%2Fpipeline/variables/PIPELINE_CREDENTIALS | new: CI, file, and on | old: CI, file (gone)
POST /personal_access_tokens/self/rotate | old: CI, file | new: CI, file, and on (answer lost, done but 504, done but 403)
GET /projects/acme%2Fpipeline/variables/PIPELINE_CREDENTIALS | new: CI, file, and on | new: file, rescue (403, gone, done but 403)
PUT /projects/acme%2Fpipeline/variables/PIPELINE_CREDENTIALS | new: CI, file, and on | new: file, rescue (403, gone) | new: CI, file, rescue (done but 403)
GET /projects/acme%2Fpipeline/variables/PIPELINE_CREDENTIALS | new: CI, file, and on | new: CI, file, rescue (gone)
GET /personal_access_tokens/self | new: CI, file, and on | new: CI, file, rescue (403, 429, gone, not JSON, done but 403)
`,
  'after an answer that got lost': `
GET /projects/acme%2Fpipeline | new: CI, and on | new: its manager (403, 429, gone, not JSON, done but 403)
GET /personal_access_tokens/self | new: CI, and on | new: its manager (403, 429, gone, not JSON, done but 403)
GET /personal_access_tokens/100 | new: CI, and on | new: its manager (gone, not JSON)
GET /projects/acme%2Fpipeline/access_tokens/100 | new: CI, and on | new: its manager (gone, not JSON)
GET /projects/acme%2Fpipeline/access_tokens | new: CI, and on | new: its manager (403, 429, gone, not JSON, done but 403)
POST /projects/acme%2Fpipeline/access_tokens/102/rotate | new: CI, and on | new: its manager (403, gone, done but 403)
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | new: rescue (403, gone, done but 403)
PUT /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | new: rescue (403, gone) | new: CI, rescue (done but 403)
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | new: CI, rescue (gone)
GET /personal_access_tokens/self | new: CI, and on | new: CI, rescue (403, 429, gone, not JSON, done but 403)
`,
  'without a manager, by choice': `
GET /projects/acme%2Fpipeline | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /personal_access_tokens/self | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /users/70 | new: CI, and on | old: CI (gone, not JSON)
GET /projects/7/access_tokens/100 | new: CI, and on | old: CI (gone, not JSON)
GET /personal_access_tokens/100 | new: CI, and on | old: CI (gone, not JSON)
GET /projects/acme%2Fpipeline/access_tokens/100 | new: CI, and on | old: CI (gone, not JSON)
GET /groups/acme%2Fpipeline/access_tokens/100 | new: CI, and on | old: CI (gone, not JSON)
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
PUT /projects/acme%2Fpipeline/variables/LAB | old: CI
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | old: CI (gone)
POST /personal_access_tokens/self/rotate | old: CI | new: nobody (answer lost, done but 504, done but 403)
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | new: rescue (403, gone, done but 403)
PUT /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | new: rescue (403, gone) | new: CI, rescue (done but 403)
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | new: CI, rescue (gone)
GET /personal_access_tokens/self | new: CI, and on | new: CI, rescue (403, 429, gone, not JSON, done but 403)
`,
  'GitHub, in the manifest': `
GET /user | new: manifest, and on | old and new: manifest old (gone, not JSON)
POST /credentials/revoke | old and new: manifest new, and on | new: manifest, and on (answer lost, done but 504, done but 403)
`,
  'GitLab, in a variable': `
GET /projects/acme%2Fpipeline | new: CI, and on | old and new: CI old (403, 429, gone, not JSON, done but 403)
GET /personal_access_tokens/self | new: CI, and on | old and new: CI old (gone, not JSON)
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | old and new: CI old, rescue old and new (403, 429, gone, not JSON, done but 403)
PUT /projects/acme%2Fpipeline/variables/LAB | old and new: CI old, rescue old and new | old and new: CI new, rescue old and new (answer lost, done but 504, done but 403)
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | old and new: CI new, and on (gone)
DELETE /personal_access_tokens/self | old and new: CI new, and on | new: CI, and on (answer lost, done but 504, done but 403)
`,
  'a registry, in a file': `
GET /v2/ | old and new: file new, and on | old and new: file old (gone)
GET /token | old and new: file new, and on | old and new: file old (403, gone, done but 403)
`,
};

describe('the old or the new one works and is known, and the next run ends it', { timeout: 120_000 }, () => {
  test.each(Object.entries(tables))('whatever fails: %s', async (name, table) => {
    expect((await tableOfFailures(flows[name] as Flow)).table).toEqual(rowsOf(table));
  });
});
