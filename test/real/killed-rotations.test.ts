import { describe, expect, test } from 'vitest';
import { type Flow, rowsOf } from '../app/keeping/stop/flow.ts';
import { guidedFlows } from '../app/keeping/stop/guided-flows.ts';
import { tableOfKills } from '../app/keeping/stop/killed.ts';
import { rotateFlows } from '../app/keeping/stop/rotate-flows.ts';

// Some hundred processes: too long for a unit test.
const flows: Readonly<Record<string, Flow>> = { ...rotateFlows, ...guidedFlows };

/**
 * Which token works when the process is killed, and who knows it, by where its place is; guided ones by their host.
 * Each line is a request: what was when the process was killed before it had an effect, and when it had it and no answer was
 * read yet. What was after its answer is the first of the next line. A line with `-` is a file: killed before each of its changes.
 * Only where somebody chose to go without a manager's token can it be that nobody knows: in the moment between GitLab's
 * rotation and our reading of the answer.
 */
const tables: Readonly<Record<string, string>> = {
  'a secret of GitHub': `
- pipeline-credentials | old: CI
- rotate lab.lock | old: CI
GET /personal_access_tokens/self | old: CI | old: CI
GET /users/70 | old: CI | old: CI
GET /projects/7/access_tokens/100 | old: CI | old: CI
GET /repos/acme/rnaseq/actions/secrets/public-key | old: CI | old: CI
GET /repos/acme/rnaseq/actions/secrets/LAB | old: CI | old: CI
GET /repos/acme/rnaseq/actions/secrets/public-key | old: CI | old: CI
PUT /repos/acme/rnaseq/actions/secrets/LAB | old: CI | old: CI
GET /repos/acme/rnaseq/actions/secrets/public-key | old: CI | old: CI
GET /repos/acme/rnaseq/actions/secrets/LAB | old: CI | old: CI
- rotate lab.json | old: CI
POST /personal_access_tokens/self/rotate | old: CI | new: its manager
- rotate lab.json | new: its manager
GET /repos/acme/rnaseq/actions/secrets/public-key | new: rescue | new: rescue
GET /repos/acme/rnaseq/actions/secrets/LAB | new: rescue | new: rescue
GET /repos/acme/rnaseq/actions/secrets/public-key | new: rescue | new: rescue
PUT /repos/acme/rnaseq/actions/secrets/LAB | new: rescue | new: CI, rescue
GET /repos/acme/rnaseq/actions/secrets/public-key | new: CI, rescue | new: CI, rescue
GET /repos/acme/rnaseq/actions/secrets/LAB | new: CI, rescue | new: CI, rescue
GET /personal_access_tokens/self | new: CI, rescue | new: CI, rescue
- rotate lab.json | new: CI, rescue
- rotate lab.lock | new: CI
end | new: CI
`,
  'a variable of Bitbucket': `
- pipeline-credentials | old: CI
- rotate lab.lock | old: CI
GET /personal_access_tokens/self | old: CI | old: CI
GET /users/70 | old: CI | old: CI
GET /projects/7/access_tokens/100 | old: CI | old: CI
GET /repositories/acme/pipeline/pipelines_config/variables | old: CI | old: CI
PUT /repositories/acme/pipeline/pipelines_config/variables/%7B1%7D | old: CI | old: CI
GET /repositories/acme/pipeline/pipelines_config/variables | old: CI | old: CI
- rotate lab.json | old: CI
POST /personal_access_tokens/self/rotate | old: CI | new: its manager
- rotate lab.json | new: its manager
GET /repositories/acme/pipeline/pipelines_config/variables | new: rescue | new: rescue
PUT /repositories/acme/pipeline/pipelines_config/variables/%7B1%7D | new: rescue | new: CI, rescue
GET /repositories/acme/pipeline/pipelines_config/variables | new: CI, rescue | new: CI, rescue
GET /personal_access_tokens/self | new: CI, rescue | new: CI, rescue
- rotate lab.json | new: CI, rescue
- rotate lab.lock | new: CI
end | new: CI
`,
  'a file': `
- pipeline-credentials | old: file
- rotate lab.lock | old: file
GET /personal_access_tokens/self | old: file | old: file
GET /users/70 | old: file | old: file
GET /projects/7/access_tokens/100 | old: file | old: file
- lab.token | old: file
- m.yml | old: file
- rotate lab.json | old: file
POST /personal_access_tokens/self/rotate | old: file | new: its manager
- rotate lab.json | new: its manager
- lab.token | new: rescue
- m.yml | new: file, rescue
GET /personal_access_tokens/self | new: file, rescue | new: file, rescue
- rotate lab.json | new: file, rescue
- rotate lab.lock | new: file
end | new: file
`,
  'the manifest': `
- pipeline-credentials | old: manifest
- rotate lab.lock | old: manifest
GET /personal_access_tokens/self | old: manifest | old: manifest
GET /users/70 | old: manifest | old: manifest
GET /projects/7/access_tokens/100 | old: manifest | old: manifest
- m.yml | old: manifest
- rotate lab.json | old: manifest
POST /personal_access_tokens/self/rotate | old: manifest | new: its manager
- rotate lab.json | new: its manager
- m.yml | new: rescue
GET /personal_access_tokens/self | new: manifest, rescue | new: manifest, rescue
- rotate lab.json | new: manifest, rescue
- rotate lab.lock | new: manifest
end | new: manifest
`,
  'a file, and a manifest that GitLab has': `
- pipeline-credentials | old: file
- rotate lab.lock | old: file
GET /projects/acme%2Fpipeline | old: file | old: file
GET /personal_access_tokens/self | old: file | old: file
GET /users/70 | old: file | old: file
GET /projects/7/access_tokens/100 | old: file | old: file
- lab.token | old: file
- m.yml | old: file
GET /projects/acme%2Fpipeline/variables/PIPELINE_CREDENTIALS | old: file | old: file
POST /projects/acme%2Fpipeline/variables | old: file | old: CI, file
GET /projects/acme%2Fpipeline/variables/PIPELINE_CREDENTIALS | old: CI, file | old: CI, file
- rotate lab.json | old: CI, file
POST /personal_access_tokens/self/rotate | old: CI, file | new: its manager
- rotate lab.json | new: its manager
- lab.token | new: rescue
- m.yml | new: file, rescue
GET /projects/acme%2Fpipeline/variables/PIPELINE_CREDENTIALS | new: file, rescue | new: file, rescue
PUT /projects/acme%2Fpipeline/variables/PIPELINE_CREDENTIALS | new: file, rescue | new: CI, file, rescue
GET /projects/acme%2Fpipeline/variables/PIPELINE_CREDENTIALS | new: CI, file, rescue | new: CI, file, rescue
GET /personal_access_tokens/self | new: CI, file, rescue | new: CI, file, rescue
- rotate lab.json | new: CI, file, rescue
- rotate lab.lock | new: CI, file
end | new: CI, file
`,
  'after an answer that got lost': `
- pipeline-credentials | new: its manager
- rotate lab.lock | new: its manager
GET /projects/acme%2Fpipeline | new: its manager | new: its manager
GET /personal_access_tokens/self | new: its manager | new: its manager
GET /personal_access_tokens/100 | new: its manager | new: its manager
GET /projects/acme%2Fpipeline/access_tokens/100 | new: its manager | new: its manager
- rotate lab.json | new: its manager
GET /projects/acme%2Fpipeline/access_tokens | new: its manager | new: its manager
POST /projects/acme%2Fpipeline/access_tokens/102/rotate | new: its manager | new: its manager
- rotate lab.json | new: its manager
GET /projects/acme%2Fpipeline/variables/LAB | new: rescue | new: rescue
PUT /projects/acme%2Fpipeline/variables/LAB | new: rescue | new: CI, rescue
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, rescue | new: CI, rescue
GET /personal_access_tokens/self | new: CI, rescue | new: CI, rescue
- rotate lab.json | new: CI, rescue
- rotate lab.lock | new: CI
end | new: CI
`,
  'without a manager, by choice': `
- pipeline-credentials | old: CI
- rotate lab.lock | old: CI
GET /projects/acme%2Fpipeline | old: CI | old: CI
GET /personal_access_tokens/self | old: CI | old: CI
GET /users/70 | old: CI | old: CI
GET /projects/7/access_tokens/100 | old: CI | old: CI
GET /personal_access_tokens/100 | old: CI | old: CI
GET /projects/acme%2Fpipeline/access_tokens/100 | old: CI | old: CI
GET /groups/acme%2Fpipeline/access_tokens/100 | old: CI | old: CI
GET /projects/acme%2Fpipeline/variables/LAB | old: CI | old: CI
PUT /projects/acme%2Fpipeline/variables/LAB | old: CI | old: CI
GET /projects/acme%2Fpipeline/variables/LAB | old: CI | old: CI
- rotate lab.json | old: CI
POST /personal_access_tokens/self/rotate | old: CI | new: nobody
- rotate lab.json | new: nobody
GET /projects/acme%2Fpipeline/variables/LAB | new: rescue | new: rescue
PUT /projects/acme%2Fpipeline/variables/LAB | new: rescue | new: CI, rescue
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, rescue | new: CI, rescue
GET /personal_access_tokens/self | new: CI, rescue | new: CI, rescue
- rotate lab.json | new: CI, rescue
- rotate lab.lock | new: CI
end | new: CI
`,
  'GitHub, in the manifest': `
- pipeline-credentials | old and new: manifest old
- rotate lab.lock | old and new: manifest old
GET /user | old and new: manifest old | old and new: manifest old
- guided lab.json | old and new: manifest old
- guided lab.json | old and new: manifest old, rescue old and new
- m.yml | old and new: manifest old, rescue old and new
POST /credentials/revoke | old and new: manifest new, rescue old and new | new: manifest, rescue
- guided lab.json | new: manifest, rescue
- rotate lab.lock | new: manifest
end | new: manifest
`,
  'GitLab, in a variable': `
- pipeline-credentials | old and new: CI old
- rotate lab.lock | old and new: CI old
GET /projects/acme%2Fpipeline | old and new: CI old | old and new: CI old
GET /personal_access_tokens/self | old and new: CI old | old and new: CI old
- guided lab.json | old and new: CI old
- guided lab.json | old and new: CI old, rescue old and new
GET /projects/acme%2Fpipeline/variables/LAB | old and new: CI old, rescue old and new | old and new: CI old, rescue old and new
PUT /projects/acme%2Fpipeline/variables/LAB | old and new: CI old, rescue old and new | old and new: CI new, rescue old and new
GET /projects/acme%2Fpipeline/variables/LAB | old and new: CI new, rescue old and new | old and new: CI new, rescue old and new
DELETE /personal_access_tokens/self | old and new: CI new, rescue old and new | new: CI, rescue
- guided lab.json | new: CI, rescue
- rotate lab.lock | new: CI
end | new: CI
`,
  'a registry, in a file': `
- pipeline-credentials | old and new: file old
- rotate lab.lock | old and new: file old
GET /v2/ | old and new: file old | old and new: file old
GET /token | old and new: file old | old and new: file old
- guided lab.json | old and new: file old
- guided lab.json | old and new: file old, rescue old and new
- hub.token | old and new: file old, rescue old and new
- m.yml | old and new: file new, rescue old and new
- guided lab.json | old and new: file new, rescue old and new
- rotate lab.lock | old and new: file new
end | old and new: file new
`,
};

describe('the old or the new one works and is known, and the next run ends it', { timeout: 120_000 }, () => {
  test.each(Object.entries(tables))('killed at any moment: %s', async (name, table) => {
    expect((await tableOfKills(flows[name] as Flow)).table).toEqual(rowsOf(table));
  });
});
