import { expect, test } from 'vitest';
import { startForge } from '../../src/demo/forge.ts';
import { findSecrets } from '../harness/leaks.ts';
import { startNamedHosts } from '../harness/named-hosts.ts';
import { startJob } from '../harness/runner.ts';
import { action } from './built.ts';

test('on github.com itself: over TLS, by a proxy that wants a password, for every form of address', async () => {
  await using forge = await startForge({
    repositories: [
      { name: 'lab/stats' },
      {
        name: 'acme/rnaseq',
        submodules: [{ path: 'stats', repository: 'lab/stats', url: '../../lab/stats.git' }],
      },
      { name: 'acme/pipeline' },
    ],
    tokens: [{ token: 'canary-workflow-token', repositories: ['acme/pipeline'] }],
    apps: [{ slug: 'pipelines', installations: [{ account: 'acme' }, { account: 'lab' }] }],
  });
  await using hosts = await startNamedHosts({
    'github.com': { origin: forge.url },
    'api.github.com': { origin: forge.url, below: '/api/v3' },
  });
  const proxy = hosts.env.https_proxy?.replace('://', '://user:canary-proxy@') ?? '';
  const { clientId, privateKey } = forge.app('pipelines');
  await using job = await startJob({
    token: 'canary-workflow-token',
    env: { ...hosts.env, https_proxy: proxy, HTTPS_PROXY: proxy, APP_KEY: privateKey },
  });
  const manifest = JSON.stringify({
    version: 1,
    credentials: [
      { name: 'app', provider: 'github', app: { 'client-id': clientId, 'private-key': { env: 'APP_KEY' } } },
    ],
    repositories: ['github.com/acme/rnaseq', 'git@github.com:lab/stats.git'],
  });
  const main = await job.uses(action, { manifest });
  expect(main).toMatchObject({ code: 0, stderr: '', leaks: [], annotations: [] });
  for (const address of [
    'https://github.com/acme/rnaseq',
    'https://github.com/acme/rnaseq.git',
    'git@github.com:acme/rnaseq.git',
    'ssh://git@github.com/acme/rnaseq.git',
    'ssh://git@ssh.github.com:443/acme/rnaseq.git',
  ]) {
    const clone = await job.step(
      `git clone -q --recurse-submodules ${address} x && cat x/stats/README.md; rm -rf x`,
    );
    expect([address, clone.stdout, clone.stderr]).toEqual([address, '# stats\n', '']);
  }
  expect((await job.step('git ls-remote https://github.com/acme/pipeline')).code).toBe(0);
  const said = { main: `${main.raw.join('\n')}\n${main.stderr}`, state: JSON.stringify(main.state) };
  expect(await findSecrets(said, ['canary-proxy', ...forge.state.minted.keys()])).toEqual([]);
  expect(await job.finish()).toMatchObject([{ code: 0, stderr: '', leaks: [], annotations: [] }]);
  expect([...forge.state.minted.values()].map(({ revoked }) => revoked)).toEqual([true, true]);
  expect(hosts.strangers).toEqual([]);
});
