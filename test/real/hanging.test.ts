import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { action } from '../doors/built.ts';
import { openWorld } from '../doors/world.ts';
import { findSecrets } from '../harness/leaks.ts';
import { startJob } from '../harness/runner.ts';

// Waiting takes its time, so these are no unit tests.
test('a mint that is never answered fails within a minute, and leaves nothing', {
  timeout: 120_000,
}, async () => {
  await using world = await openWorld();
  await using job = await startJob({ env: world.secrets });
  world.forge.traffic.fail('/access_tokens', 'hang', 9);
  const begun = Date.now();
  const step = await job.uses(action, { manifest: world.manifest });
  expect(Date.now() - begun).toBeLessThan(60_000);
  expect(step.code).toBe(1);
  expect(step.annotations.at(-1)?.message).toContain('did not answer in time');
  expect(await findSecrets(job.folder, world.canaries())).toEqual([]);
  expect(readdirSync(job.temp).filter((name) => !name.startsWith('_'))).toEqual([]);
});

test('a host that does not answer keeps cleanup for seconds only, and it says what stays', async () => {
  await using world = await openWorld();
  await using job = await startJob({ env: world.secrets });
  await job.uses(action, { manifest: world.manifest });
  world.forge.traffic.fail('DELETE', 'hang', 9);
  const begun = Date.now();
  const [post] = await job.finish();
  expect(Date.now() - begun).toBeLessThan(15_000);
  expect([post?.code, post?.annotations.map(({ message }) => message)]).toEqual([
    0,
    ['1 of 1 tokens could not be revoked; they end by themselves.'],
  ]);
  expect(readdirSync(job.temp).filter((name) => !name.startsWith('_'))).toEqual([]);
});
