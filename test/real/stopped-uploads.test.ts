import { describe, expect, test } from 'vitest';
import { tableOfFailures } from '../app/keeping/stop/failed.ts';
import { type Flow, rowsOf } from '../app/keeping/stop/flow.ts';
import { tableOfKills } from '../app/keeping/stop/killed.ts';
import { tableOfReadOnly } from '../app/keeping/stop/read-only.ts';
import { uploadFlows } from '../app/keeping/stop/upload-flows.ts';

// More than a hundred processes, and half a thousand failures: too long for a unit test.
const flows: Readonly<Record<string, Flow>> = uploadFlows;

/**
 * Which value the store has when an upload is killed. The new one is where it was uploaded from all along.
 * Each line is a request: what was when the process was killed before it had an effect, and when it had it and no answer was
 * read yet. What was after its answer is the first of the next line. A line with `-` is a file: killed before each of its changes.
 */
const kills: Readonly<Record<string, string>> = {
  'an environment of GitHub': `
GET /repos/acme/rnaseq/environments/production/secrets/public-key | old: CI | old: CI
GET /repos/acme/rnaseq/environments/production/secrets/T | old: CI | old: CI
GET /user | old: CI | old: CI
GET /repos/acme/rnaseq/environments/production/secrets/public-key | old: CI | old: CI
PUT /repos/acme/rnaseq/environments/production/secrets/T | old: CI | new: CI
GET /repos/acme/rnaseq/environments/production/secrets/public-key | new: CI | new: CI
GET /repos/acme/rnaseq/environments/production/secrets/T | new: CI | new: CI
end | new: CI
`,
  'an organisation of GitHub': `
GET /orgs/acme/actions/secrets/public-key | old: CI | old: CI
GET /orgs/acme/actions/secrets/T | old: CI | old: CI
GET /orgs/acme/actions/secrets/T/repositories | old: CI | old: CI
GET /user | old: CI | old: CI
GET /orgs/acme/actions/secrets/public-key | old: CI | old: CI
PUT /orgs/acme/actions/secrets/T | old: CI | new: CI
GET /orgs/acme/actions/secrets/public-key | new: CI | new: CI
GET /orgs/acme/actions/secrets/T | new: CI | new: CI
GET /orgs/acme/actions/secrets/T/repositories | new: CI | new: CI
end | new: CI
`,
  'a project of GitLab': `
GET /projects/acme%2Fpipeline | old: CI | old: CI
GET /projects/acme%2Fpipeline/variables/T | old: CI | old: CI
GET /user | old: CI | old: CI
PUT /projects/acme%2Fpipeline/variables/T | old: CI | new: CI
GET /projects/acme%2Fpipeline/variables/T | new: CI | new: CI
end | new: CI
`,
  'a group of GitLab': `
GET /projects/acme | old: CI | old: CI
GET /groups/acme/variables/T | old: CI | old: CI
GET /user | old: CI | old: CI
PUT /groups/acme/variables/T | old: CI | new: CI
GET /groups/acme/variables/T | new: CI | new: CI
end | new: CI
`,
  'a repository of Bitbucket': `
GET /repositories/acme/pipeline/pipelines_config/variables | old: CI | old: CI
GET /user | old: CI | old: CI
PUT /repositories/acme/pipeline/pipelines_config/variables/%7B1%7D | old: CI | new: CI
GET /repositories/acme/pipeline/pipelines_config/variables | new: CI | new: CI
end | new: CI
`,
  'a deployment of Bitbucket': `
GET /repositories/acme/pipeline/environments | old: CI | old: CI
GET /repositories/acme/pipeline/deployments_config/environments/%7Benv-production%7D/variables | old: CI | old: CI
GET /user | old: CI | old: CI
GET /repositories/acme/pipeline/environments | old: CI | old: CI
PUT /repositories/acme/pipeline/deployments_config/environments/%7Benv-production%7D/variables/%7B1%7D | old: CI | new: CI
GET /repositories/acme/pipeline/environments | new: CI | new: CI
GET /repositories/acme/pipeline/deployments_config/environments/%7Benv-production%7D/variables | new: CI | new: CI
end | new: CI
`,
  'a workspace of Bitbucket': `
GET /workspaces/acme/pipelines-config/variables | old: CI | old: CI
GET /user | old: CI | old: CI
PUT /workspaces/acme/pipelines-config/variables/%7B1%7D | old: CI | new: CI
GET /workspaces/acme/pipelines-config/variables | new: CI | new: CI
end | new: CI
`,
  'a file': `
GET /user | old: CI | old: CI
- store | old: CI
end | new: CI
`,
};

/** The same when a request fails: mostly, and in which ways of failing else. `and on`: the run came through all the same. */
const failures: Readonly<Record<string, string>> = {
  'a repository of GitHub': `
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /repos/acme/rnaseq/actions/secrets/T | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /user | new: CI, and on | old: CI (gone, not JSON)
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
PUT /repos/acme/rnaseq/actions/secrets/T | old: CI | new: CI, and on (answer lost, done but 504) | new: CI (done but 403)
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI, and on
GET /repos/acme/rnaseq/actions/secrets/T | new: CI, and on
`,
  'an environment of GitHub': `
GET /repos/acme/rnaseq/environments/production/secrets/public-key | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /repos/acme/rnaseq/environments/production/secrets/T | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /user | new: CI, and on | old: CI (gone, not JSON)
GET /repos/acme/rnaseq/environments/production/secrets/public-key | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
PUT /repos/acme/rnaseq/environments/production/secrets/T | old: CI | new: CI, and on (answer lost, done but 504) | new: CI (done but 403)
GET /repos/acme/rnaseq/environments/production/secrets/public-key | new: CI, and on
GET /repos/acme/rnaseq/environments/production/secrets/T | new: CI, and on
`,
  'an organisation of GitHub': `
GET /orgs/acme/actions/secrets/public-key | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /orgs/acme/actions/secrets/T | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /orgs/acme/actions/secrets/T/repositories | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /user | new: CI, and on | old: CI (gone, not JSON)
GET /orgs/acme/actions/secrets/public-key | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
PUT /orgs/acme/actions/secrets/T | old: CI | new: CI, and on (answer lost, done but 504) | new: CI (done but 403)
GET /orgs/acme/actions/secrets/public-key | new: CI, and on
GET /orgs/acme/actions/secrets/T | new: CI, and on
GET /orgs/acme/actions/secrets/T/repositories | new: CI, and on
`,
  'a project of GitLab': `
GET /projects/acme%2Fpipeline | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /projects/acme%2Fpipeline/variables/T | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /user | new: CI, and on | old: CI (gone, not JSON)
PUT /projects/acme%2Fpipeline/variables/T | old: CI | new: CI (answer lost, done but 504, done but 403)
GET /projects/acme%2Fpipeline/variables/T | new: CI, and on
`,
  'a group of GitLab': `
GET /projects/acme | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /groups/acme/variables/T | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /user | new: CI, and on | old: CI (gone, not JSON)
PUT /groups/acme/variables/T | old: CI | new: CI (answer lost, done but 504, done but 403)
GET /groups/acme/variables/T | new: CI, and on
`,
  'a repository of Bitbucket': `
GET /repositories/acme/pipeline/pipelines_config/variables | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /user | new: CI, and on | old: CI (gone, not JSON)
PUT /repositories/acme/pipeline/pipelines_config/variables/%7B1%7D | old: CI | new: CI (answer lost, done but 504, done but 403)
GET /repositories/acme/pipeline/pipelines_config/variables | new: CI, and on
`,
  'a deployment of Bitbucket': `
GET /repositories/acme/pipeline/environments | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /repositories/acme/pipeline/deployments_config/environments/%7Benv-production%7D/variables | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /user | new: CI, and on | old: CI (gone, not JSON)
GET /repositories/acme/pipeline/environments | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
PUT /repositories/acme/pipeline/deployments_config/environments/%7Benv-production%7D/variables/%7B1%7D | old: CI | new: CI (answer lost, done but 504, done but 403)
GET /repositories/acme/pipeline/environments | new: CI, and on
GET /repositories/acme/pipeline/deployments_config/environments/%7Benv-production%7D/variables | new: CI, and on
`,
  'a workspace of Bitbucket': `
GET /workspaces/acme/pipelines-config/variables | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /user | new: CI, and on | old: CI (gone, not JSON)
PUT /workspaces/acme/pipelines-config/variables/%7B1%7D | old: CI | new: CI (answer lost, done but 504, done but 403)
GET /workspaces/acme/pipelines-config/variables | new: CI, and on
`,
  'a file': `
GET /user | new: CI, and on | old: CI (gone, not JSON)
`,
};

/** The same when the disk takes no more changes from one on. */
const readOnly: Readonly<Record<string, string>> = {
  'a file': `
store | old: CI
`,
};

describe('the store has the old or the new value, and the next run ends it', { timeout: 120_000 }, () => {
  test.each(Object.entries(kills))('killed at any moment: %s', async (name, table) => {
    expect((await tableOfKills(flows[name] as Flow)).table).toEqual(rowsOf(table));
  });

  test.each(Object.entries(failures))('whatever fails: %s', async (name, table) => {
    expect((await tableOfFailures(flows[name] as Flow)).table).toEqual(rowsOf(table));
  });

  test.each(Object.entries(readOnly))('with a disk that becomes read-only: %s', async (name, table) => {
    expect((await tableOfReadOnly(flows[name] as Flow)).table).toEqual(rowsOf(table));
  });
});
