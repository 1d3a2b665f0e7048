import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readNextflowFacts } from '../../src/system/nextflow-facts.ts';

const home = mkdtempSync(join(tmpdir(), 'nextflow-facts-'));
mkdirSync(join(home, '.nextflow'));
mkdirSync(join(home, 'other'));
mkdirSync(join(home, 'bin'));
writeFileSync(join(home, '.nextflow/scm'), 'usual');
writeFileSync(join(home, 'other/scm'), 'other');
writeFileSync(join(home, 'bin/nextflow'), '', { mode: 0o755 });
afterAll(() => rmSync(home, { recursive: true }));

const PATH = '/nowhere';

test.each([
  ['nothing', { PATH }, { scm: null, elsewhere: false, isUsed: false }],
  ['an empty home', { PATH, HOME: join(home, 'bin') }, { scm: null, elsewhere: false, isUsed: false }],
  ['the usual file', { PATH, HOME: home }, { scm: 'usual', elsewhere: false, isUsed: true }],
  [
    'NXF_HOME',
    { PATH, HOME: home, NXF_HOME: join(home, 'other') },
    { scm: 'other', elsewhere: false, isUsed: true },
  ],
  [
    'NXF_SCM_FILE',
    { PATH, HOME: home, NXF_SCM_FILE: join(home, 'other/scm') },
    { scm: 'other', elsewhere: false, isUsed: true },
  ],
  [
    'an scm file in a bucket',
    { PATH, HOME: home, NXF_SCM_FILE: 's3://bucket/scm' },
    { scm: null, elsewhere: true, isUsed: true },
  ],
  [
    'the file of an earlier setup of the job',
    {
      PATH,
      HOME: join(home, 'bin'),
      NXF_SCM_FILE: join(home, 'other/scm'),
      PIPELINE_CREDENTIALS_SESSION: join(home, 'other'),
    },
    { scm: 'other', elsewhere: false, isUsed: false },
  ],
  ['the program', { PATH: join(home, 'bin') }, { scm: null, elsewhere: false, isUsed: true }],
])('%s', (_, env, expected) => {
  expect(readNextflowFacts({ env, workspace: null })).toEqual(expected);
});
