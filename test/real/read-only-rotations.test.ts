import { describe, expect, test } from 'vitest';
import { type Flow, rowsOf } from '../app/keeping/stop/flow.ts';
import { guidedFlows } from '../app/keeping/stop/guided-flows.ts';
import { tableOfReadOnly } from '../app/keeping/stop/read-only.ts';
import { rotateFlows } from '../app/keeping/stop/rotate-flows.ts';

// More than a hundred processes: too long for a unit test.
const flows: Readonly<Record<string, Flow>> = { ...rotateFlows, ...guidedFlows };

/** Which token works when the disk takes no more changes from one of them on, and who knows it. */
const tables: Readonly<Record<string, string>> = {
  'a variable of GitLab': `
pipeline-credentials | old: CI
rotate lab.lock | old: CI
rotate lab.json | old: CI
rotate lab.json | new: CI, and on
rotate lab.json | new: CI, rescue, and on
rotate lab.lock | new: CI, and on
`,
  'a secret of GitHub': `
pipeline-credentials | old: CI
rotate lab.lock | old: CI
rotate lab.json | old: CI
rotate lab.json | new: CI, and on
rotate lab.json | new: CI, rescue, and on
rotate lab.lock | new: CI, and on
`,
  'a variable of Bitbucket': `
pipeline-credentials | old: CI
rotate lab.lock | old: CI
rotate lab.json | old: CI
rotate lab.json | new: CI, and on
rotate lab.json | new: CI, rescue, and on
rotate lab.lock | new: CI, and on
`,
  'a file': `
pipeline-credentials | old: file
rotate lab.lock | old: file
lab.token | old: file
m.yml | old: file
rotate lab.json | old: file
rotate lab.json | new: its manager
lab.token | new: rescue
m.yml | new: file, rescue
rotate lab.json | new: file, rescue, and on
rotate lab.lock | new: file, and on
`,
  'the manifest': `
pipeline-credentials | old: manifest
rotate lab.lock | old: manifest
m.yml | old: manifest
rotate lab.json | old: manifest
rotate lab.json | new: its manager
m.yml | new: rescue
rotate lab.json | new: manifest, rescue, and on
rotate lab.lock | new: manifest, and on
`,
  'a file, and a manifest that GitLab has': `
pipeline-credentials | old: file
rotate lab.lock | old: file
lab.token | old: file
m.yml | old: file
rotate lab.json | old: CI, file
rotate lab.json | new: CI
lab.token | new: CI, rescue
m.yml | new: CI, file, rescue
rotate lab.json | new: CI, file, rescue, and on
rotate lab.lock | new: CI, file, and on
`,
  'after an answer that got lost': `
pipeline-credentials | new: its manager
rotate lab.lock | new: its manager
rotate lab.json | new: its manager
rotate lab.json | new: CI, and on
rotate lab.json | new: CI, rescue, and on
rotate lab.lock | new: CI, and on
`,
  'without a manager, by choice': `
pipeline-credentials | old: CI
rotate lab.lock | old: CI
rotate lab.json | old: CI
rotate lab.json | new: CI, and on
rotate lab.json | new: CI, rescue, and on
rotate lab.lock | new: CI, and on
`,
  'GitHub, in the manifest': `
pipeline-credentials | old and new: manifest old
rotate lab.lock | old and new: manifest old
guided lab.json | old and new: manifest old
guided lab.json | old and new: manifest old, rescue old and new
m.yml | old and new: manifest old, rescue old and new
guided lab.json | new: manifest, rescue, and on
rotate lab.lock | new: manifest, and on
`,
  'GitLab, in a variable': `
pipeline-credentials | old and new: CI old
rotate lab.lock | old and new: CI old
guided lab.json | old and new: CI old
guided lab.json | old and new: CI old, rescue old and new
guided lab.json | new: CI, rescue, and on
rotate lab.lock | new: CI, and on
`,
  'a registry, in a file': `
pipeline-credentials | old and new: file old
rotate lab.lock | old and new: file old
guided lab.json | old and new: file old
guided lab.json | old and new: file old, rescue old and new
hub.token | old and new: file old, rescue old and new
m.yml | old and new: file new, rescue old and new
guided lab.json | old and new: file new, rescue old and new, and on
rotate lab.lock | old and new: file new, and on
`,
};

describe('the old or the new one works and is known, and the next run ends it', { timeout: 120_000 }, () => {
  test.each(Object.entries(tables))('with a disk that becomes read-only: %s', async (name, table) => {
    expect((await tableOfReadOnly(flows[name] as Flow)).table).toEqual(rowsOf(table));
  });
});
