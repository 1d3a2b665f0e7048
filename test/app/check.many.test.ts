import { expect, test } from 'vitest';
import { fakeGitlab } from '../fakes/hosts/gitlab.ts';
import { startHosts } from '../fakes/hosts/hosts.ts';
import { checkManifest } from './check/checking.ts';

const names = Array.from({ length: 200 }, (_none, index) => ({
  name: `c${index}`,
  url: `https://gitlab${index % 10}.example.com/g${index}`,
}));

// A machine that is busy elsewhere gets another go at the time; the counts would fail each time.
test('two hundred credentials of ten hosts are asked about at once, few at a time at each host', {
  retry: 2,
}, async () => {
  const token = { secret: 'canary-token', scopes: ['read_repository'], expires: '2999-01-01' };
  await using hosts = await startHosts(fakeGitlab([token]));
  hosts.latencyMs = 100;
  // A busy machine is no silent host: what is counted here are requests, not second attempts.
  hosts.limits = { ...hosts.limits, idleMs: 5000, totalMs: 9000 };
  const credentials = names.map(
    ({ name, url }) => `  - { name: ${name}, provider: gitlab, url: '${url}', token: { env: T } }\n`,
  );
  const targets = names.map(({ url }) => `  - ${url}/tool\n`);
  const yaml = `version: 1\ncredentials:\n${credentials.join('')}repositories:\n${targets.join('')}`;
  const started = performance.now();
  const result = await checkManifest(yaml, { env: { T: 'canary-token' }, fetch: hosts.fetch });
  const took = performance.now() - started;
  expect([result.status, hosts.requests.length]).toEqual(['ok', 400]);
  expect([...hosts.busiest.values()]).toEqual(Array(10).fill(6));
  // One host's forty requests, six at a time, are 0.7 seconds; one after the other they would be four.
  expect(took).toBeLessThan(3000);
});
