import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type NamedHosts, startNamedHosts } from '../harness/named-hosts.ts';
import { type Job, startJob } from './job.ts';

let forge: Forge;
let other: Forge;
let hosts: NamedHosts;
let job: Job;

beforeAll(async () => {
  const repositories = [{ name: 'acme/tool' }, { name: 'open/tool', private: false }];
  const tokens = [{ token: 'canary-acme', owners: ['acme'] }];
  [forge, other] = await Promise.all([
    startForge({ repositories, tokens }),
    startForge({ repositories, tokens }),
  ]);
  hosts = await startNamedHosts({ 'github.com': { origin: forge.url }, 'gitlab.com': { origin: other.url } });
});
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  await Promise.all([forge.close(), other.close()]);
});
beforeEach(() => {
  job = startJob();
});
afterEach(() => job[Symbol.dispose]());

const main = { code: 0, output: expect.stringContaining('refs/heads/main') };
const seenBy = ({ traffic }: Forge) => traffic.requests.map(({ header }) => header).filter(Boolean);

test.each([1, 2])(
  'rule 13: a redirect to another origin, at request %d, takes no credential along',
  async (count) => {
    await job.setUp({ samples: [{ name: 'acme', url: `${forge.url}/acme` }] });
    const away = {
      status: 302,
      headers: { location: `${other.url}/acme/tool/info/refs?service=git-upload-pack` },
    };
    let left = count;
    forge.traffic.fail(({ path }) => path.includes('/info/refs') && --left === 0, away);
    expect((await job.git(['ls-remote', `${forge.url}/acme/tool`])).code).toBe(128);
    expect(other.traffic.requests.length).toBeGreaterThan(0);
    expect(seenBy(other)).toEqual([]);
    expect(seenBy(forge)).toHaveLength(count - 1);
    for (const { traffic } of [forge, other]) traffic.requests.length = 0;
  },
);

test('rule 14: a covered address is checked, whatever the configuration of the user says', async () => {
  const { GIT_SSL_CAINFO: _, ...unchecked } = hosts.env;
  Object.assign(job.env, unchecked);
  job.configure('[http]\n\tsslVerify = false\n[http "https://github.com"]\n\tsslVerify = false\n');
  expect(await job.git(['ls-remote', 'https://github.com/open/tool'])).toEqual(main);
  await job.setUp({ samples: [{ name: 'acme', url: 'https://github.com/acme' }] });
  const before = hosts.requests.length;
  expect((await job.git(['ls-remote', 'https://github.com/acme/tool'])).output).toContain('certificate');
  expect(hosts.requests.slice(before)).toEqual([]);
  // Not ours to judge.
  expect(await job.git(['ls-remote', 'https://github.com/open/tool'])).toEqual(main);
});

test('over TLS it works', async () => {
  Object.assign(job.env, hosts.env);
  await job.setUp({ samples: [{ name: 'acme', url: 'https://github.com/acme' }] });
  expect(await job.git(['ls-remote', 'git@github.com:acme/tool.git'])).toEqual(main);
  expect(hosts.strangers).toEqual([]);
});

test('rule 8: plain http goes to this machine without a proxy', async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization ?? ''}`);
    response.writeHead(502).end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  job.configure(`[http]\n\tproxy = ${url}\n`);
  Object.assign(job.env, { http_proxy: url, all_proxy: url, no_proxy: '' });
  await job.setUp({ samples: [{ name: 'acme', url: `${forge.url}/acme` }] });
  expect(await job.git(['ls-remote', `${forge.url}/acme/tool`])).toEqual(main);
  expect(asked).toEqual([]);
  await new Promise((resolve) => proxy.close(resolve));
});

test.runIf(process.getuid?.() === 0)('another user id gets no credential, and git still runs', async () => {
  // As a runner's temp folder is.
  chmodSync(job.root, 0o755);
  await job.setUp({ samples: [{ name: 'acme', url: `${forge.url}/acme` }] });
  const as = (words: string) =>
    job.run('setpriv', ['--reuid', '65534', '--regid', '65534', '--clear-groups', 'sh', '-c', words]);
  const { output } = await as(`cd / && git ls-remote ${forge.url}/acme/tool`);
  expect(output).toContain('could not read Username');
  expect(output).not.toContain('unable to access');
  expect((await as(`cd / && git ls-remote ${forge.url}/open/tool`)).output).toContain('refs/heads/main');
  expect((await as(`cat ${job.env.PIPELINE_CREDENTIALS_SESSION}/secret/1`)).code).not.toBe(0);
});
