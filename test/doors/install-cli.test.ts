import { lstatSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Job, startJob } from '../harness/runner.ts';
import { action, built } from './built.ts';

const manifest = 'version: 1\ncredentials: []\n';
const install = (job: Job) => job.uses(action, { manifest, 'install-cli': 'true' });
const said = async (job: Job) => (await job.step('pipeline-credentials schema | head -c 1')).stdout;

test('later steps have the command line, on the node of the action; it stays, and nothing else does', async () => {
  await using job = await startJob({ env: { PATH: '/usr/bin:/bin' } });
  expect((await job.step('pipeline-credentials schema || echo none')).stdout).toBe('none\n');
  const { code, annotations } = await install(job);
  expect([code, annotations.filter(({ level }) => level !== 'debug')]).toEqual([0, []]);
  expect(await said(job)).toBe('{');
  await job.finish();
  expect(await said(job)).toBe('{');
  expect(readdirSync(job.temp).filter((name) => !name.startsWith('_'))).toEqual([]);
});

test.each<[string, (folder: string) => void]>([
  ['a changed file', (folder) => writeFileSync(join(folder, 'cli/index.js'), 'console.log("evil");')],
  ['another file', (folder) => writeFileSync(join(folder, 'cli/evil.js'), '')],
  ['a missing file', (folder) => rmSync(join(folder, 'codecommit-signer/index.js'))],
  [
    'a link to the same',
    (folder) => {
      rmSync(join(folder, 'cli/index.js'));
      symlinkSync(built('cli/index.js'), join(folder, 'cli/index.js'));
    },
  ],
  [
    'another command',
    (folder) => writeFileSync(join(folder, 'pipeline-credentials'), '#!/bin/sh\necho evil\n'),
  ],
])('rule 30: what another job left in the tool cache with %s is not run', async (_what, spoil) => {
  await using job = await startJob();
  const [folder = ''] = (await install(job)).path;
  const before = readdirSync(folder, { recursive: true });
  spoil(folder);
  expect(await install(job)).toMatchObject({ code: 0, path: [folder] });
  expect(await said(job)).toBe('{');
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
  expect(lstatSync(join(folder, 'cli/index.js')).isFile()).toBe(true);
});
