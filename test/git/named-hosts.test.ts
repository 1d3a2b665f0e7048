import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import type { Sample } from '../core/selection/samples.ts';
import { type NamedHosts, startNamedHosts } from '../harness/named-hosts.ts';
import { type Job, startJob } from './job.ts';

/** One base URL for each kind of host, and a repository below it. */
const samples: readonly (Sample & { readonly url: string; readonly repository: string })[] = [
  { name: 'github', url: 'https://github.com/acme', repository: 'acme/tool' },
  { name: 'ghe', url: 'https://acme.ghe.com/team', repository: 'team/tool' },
  { name: 'ghes', url: 'https://github.example.com/acme', repository: 'acme/tool' },
  {
    name: 'gitlab',
    provider: 'gitlab',
    url: 'https://gitlab.com/group/sub',
    repository: 'group/sub/deep/tool',
  },
  {
    name: 'rooted',
    provider: 'gitlab',
    url: 'https://code.example.com/gitlab/team',
    apiUrl: 'https://code.example.com/gitlab/api/v4',
    ssh: [{ user: 'git', host: 'code.example.com', port: 2222 }],
    repository: 'gitlab/team/tool',
  },
  { name: 'bitbucket', provider: 'bitbucket', url: 'https://bitbucket.org/team', repository: 'team/tool' },
  {
    name: 'stash',
    provider: 'bitbucket-data-center',
    url: 'https://stash.example.com/ctx/scm/KEY',
    repository: 'ctx/scm/KEY/tool',
  },
  {
    name: 'azure',
    provider: 'azure-devops',
    url: 'https://dev.azure.com/org',
    repository: 'org/My%20Project/_git/tool',
  },
  {
    name: 'tfs',
    provider: 'azure-devops',
    url: 'https://tfs.example.com/tfs/coll',
    repository: 'tfs/coll/proj/_git/tool',
  },
  {
    name: 'tea',
    provider: 'gitea',
    url: 'https://tea.example.com/git/acme',
    apiUrl: 'https://tea.example.com/git/api/v1',
    repository: 'git/acme/tool',
  },
  { name: 'plain', provider: 'git', url: 'https://git.example.com/srv', repository: 'srv/tool' },
];
const hostOf = (url: string) => new URL(url).host;

let forge: Forge;
let hosts: NamedHosts;
let job: Job;

beforeAll(async () => {
  forge = await startForge({
    repositories: samples.map(({ url, repository }) => ({ name: `${hostOf(url)}/${repository}` })),
    tokens: samples.map(({ name, url }) => ({ token: `canary-${name}`, owners: [hostOf(url)] })),
  });
  const entries = samples.map(({ url }) => [hostOf(url), { origin: forge.url, below: `/${hostOf(url)}` }]);
  hosts = await startNamedHosts(Object.fromEntries(entries));
});
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  await forge.close();
});
beforeEach(() => {
  job = startJob();
  Object.assign(job.env, hosts.env);
});
afterEach(() => job[Symbol.dispose]());

const main = { code: 0, output: expect.stringContaining('refs/heads/main') };
const project = 'https://dev.azure.com/org/My%20Project/_git/tool';

describe('every host under its own name, in the spellings of its users', () => {
  test.each([
    [
      'github',
      [
        'https://github.com/acme/tool.git',
        'git@github.com:acme/tool.git',
        'ssh://git@ssh.github.com:443/acme/tool.git',
      ],
    ],
    ['ghe', ['acme@acme.ghe.com:team/tool.git']],
    ['ghes', ['git+ssh://git@github.example.com/acme/tool.git']],
    [
      'gitlab',
      ['git@gitlab.com:group/sub/deep/tool.git', 'ssh://git@altssh.gitlab.com:443/group/sub/deep/tool'],
    ],
    ['rooted', ['git@code.example.com:team/tool.git', 'ssh://git@code.example.com:2222/team/tool.git']],
    ['bitbucket', ['https://me@bitbucket.org/team/tool.git', 'git@bitbucket.org:team/tool.git']],
    [
      'stash',
      ['https://stash.example.com/ctx/scm/KEY/tool.git', 'ssh://git@stash.example.com:7999/KEY/tool.git'],
    ],
    [
      'azure',
      [
        project,
        project.replace('//dev', '//org@dev'),
        'git@ssh.dev.azure.com:v3/org/My%20Project/tool',
        'https://org.visualstudio.com/DefaultCollection/My%20Project/_git/tool',
      ],
    ],
    ['tfs', ['https://tfs.example.com/tfs/coll/proj/_git/tool']],
    ['tea', ['git@tea.example.com:acme/tool.git']],
    ['plain', ['ssh://git@git.example.com/srv/tool.git']],
  ])('%s', async (name, urls) => {
    const sample = samples.filter((each) => each.name === name);
    const [{ url, repository } = { url: '', repository: '' }] = sample;
    const target = `https://${hostOf(url)}/${repository}`;
    await job.setUp({ samples: sample.map(({ repository: _, ...rest }) => rest), repositories: [target] });
    for (const each of urls) expect([each, await job.git(['ls-remote', each])]).toEqual([each, main]);
    expect(hosts.strangers).toEqual([]);
  });
});

describe('a token that only goes as a Bearer', () => {
  const stash = samples.filter(({ name }) => name === 'stash').map(({ repository: _, ...rest }) => rest);
  const url = 'https://stash.example.com/ctx/scm/KEY/tool.git';
  const options = {
    samples: stash,
    gitOnly: { stash: { kind: 'bearer', token: new Secret('canary-stash') } },
  } as const;

  test('is a header for a git before 2.46, and for clone and push alike', async () => {
    await job.setUp(options);
    const before = hosts.requests.length;
    expect(await job.git(['clone', '-q', url])).toEqual({ code: 0, output: '' });
    const cwd = `${job.root}/tool`;
    expect(await job.git(['push', '-q', 'origin', 'HEAD:refs/heads/more'], { cwd })).toEqual({
      code: 0,
      output: '',
    });
    const sent = hosts.requests.slice(before).map(({ authorization }) => authorization);
    expect(new Set(sent)).toEqual(new Set(['Bearer canary-stash']));
  });

  test('rule 13: the header stays on its prefix and does not follow a redirect', async () => {
    await job.setUp(options);
    const before = hosts.requests.length;
    await job.git(['ls-remote', 'https://stash.example.com/ctx/scm/KEY-evil/tool.git']);
    await job.git(['ls-remote', 'https://stash.example.com/ctx/scm/OTHER/tool.git']);
    expect(hosts.requests.slice(before).map(({ authorization }) => authorization)).toEqual([null, null]);
    const away = { status: 302, headers: { location: 'https://git.example.com/srv/tool.git/info/refs' } };
    forge.traffic.fail('stash.example.com', away);
    expect((await job.git(['ls-remote', url])).code).not.toBe(0);
    expect(
      hosts.requests.filter(({ line }) => line.includes('git.example.com/srv')).at(-1)?.authorization,
    ).not.toBe('Bearer canary-stash');
  });

  test('git that takes it from helpers sends it', async () => {
    await job.setUp(options);
    const { output } = await job.git(['credential', 'fill'], {
      input: `capability[]=authtype\nurl=${url}\n\n`,
    });
    const version = (await job.git(['version'])).output.match(/\d+\.\d+/)?.[0];
    // Older ones drop what they do not know, and have no user name then.
    const expected =
      Number(version?.split('.')[1]) >= 46 ? 'credential=canary-stash' : 'terminal prompts disabled';
    expect(output).toContain(expected);
  });
});
