import { describe, expect, test } from 'vitest';
import { type Location, locationUrl } from '../../../src/core/location.ts';
import type { Credential } from '../../../src/core/manifest/manifest.ts';
import { compileCatalog } from '../../../src/core/selection/catalog.ts';
import { choose } from '../../../src/core/selection/choose.ts';
import { compileHosts } from '../../../src/core/target/hosts.ts';
import { isProblem, parseTarget, parseTargetLine } from '../../../src/core/target/parse-target.ts';
import { gitProvider, gitProviders } from '../../../src/providers/index.ts';
import { credentials, type Sample, today } from '../selection/samples.ts';

const samples: readonly Sample[] = [
  { name: 'github', url: 'https://github.com/acme' },
  { name: 'ghe', url: 'https://acme.ghe.com/team' },
  { name: 'ghes', url: 'https://github.example.com/acme' },
  { name: 'gitlab', provider: 'gitlab', url: 'https://gitlab.com/group/sub' },
  {
    name: 'lab',
    provider: 'gitlab',
    url: 'https://gitlab.example.com:8443/lab',
    ssh: [{ user: 'git', host: 'ssh.lab.example', port: 2222 }],
  },
  {
    name: 'rooted',
    provider: 'gitlab',
    url: 'https://code.example.com/gitlab/team',
    apiUrl: 'https://code.example.com/gitlab/api/v4',
  },
  { name: 'bitbucket', provider: 'bitbucket', url: 'https://bitbucket.org/team' },
  { name: 'stash', provider: 'bitbucket-data-center', url: 'https://stash.example.com/ctx/scm/KEY' },
  { name: 'azure', provider: 'azure-devops', url: 'https://dev.azure.com/org' },
  { name: 'tfs', provider: 'azure-devops', url: 'https://tfs.example.com/tfs/coll' },
  { name: 'tea', provider: 'gitea', url: 'https://tea.example.com/acme' },
  { name: 'aws', provider: 'codecommit', url: 'https://git-codecommit.eu-west-1.amazonaws.com' },
  { name: 'plain', provider: 'git', url: 'https://git.example.com/Srv' },
  { name: 'local', provider: 'gitea', url: 'http://127.0.0.1:3000/acme' },
];
const manifest = credentials(...samples);
const hosts = compileHosts(manifest, gitProviders);
const catalog = compileCatalog(manifest, gitProviders);

function parse(given: string, kind: 'repository' | 'registry' = 'repository') {
  return parseTarget(hosts, parseTargetLine(given, kind));
}

/** What git makes of an address with the rules that the winner's base URL gives: the longest one applies. */
function rewritten(given: string, { provider, base, apiUrl, ssh }: Credential, target: Location): string {
  if (provider === 'registry' || base === null) return given;
  const { rewrites, root } = gitProvider(provider);
  const prefix = {
    location: base,
    kind: 'namespace',
    addresses: ssh,
    root: root(base, apiUrl),
    targets: [target],
  } as const;
  const [rule] = rewrites(prefix)
    .filter(({ from }) => given.startsWith(from))
    .sort((a, b) => b.from.length - a.from.length);
  return rule === undefined ? given : rule.to + given.slice(rule.from.length);
}

/** Shapes as people write them; git is led to the same place by the rules of the winner's base URL. */
test.each([
  ['https://github.com/acme/rnaseq', 'https://github.com/acme/rnaseq', 'github'],
  ['https://github.com/acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['git@github.com:acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['git@github.com:acme/rnaseq', 'https://github.com/acme/rnaseq', 'github'],
  ['git@github.com:/acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['github.com:acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['ssh://git@github.com/acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['ssh://git@github.com:22/acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['ssh://github.com/acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['git+ssh://git@github.com/acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['ssh+git://git@github.com/acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['ssh://git@ssh.github.com:443/acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['acme@acme.ghe.com:team/rnaseq.git', 'https://acme.ghe.com/team/rnaseq', 'ghe'],
  ['ssh://acme@acme.ghe.com/team/rnaseq.git', 'https://acme.ghe.com/team/rnaseq', 'ghe'],
  ['git@github.example.com:acme/rnaseq.git', 'https://github.example.com/acme/rnaseq', 'ghes'],
  ['git@gitlab.com:group/sub/deep/tool.git', 'https://gitlab.com/group/sub/deep/tool', 'gitlab'],
  ['ssh://git@altssh.gitlab.com:443/group/sub/tool.git', 'https://gitlab.com/group/sub/tool', 'gitlab'],
  ['https://gitlab.example.com:8443/lab/tool', 'https://gitlab.example.com:8443/lab/tool', 'lab'],
  ['git@gitlab.example.com:lab/tool.git', 'https://gitlab.example.com:8443/lab/tool', 'lab'],
  ['ssh://git@ssh.lab.example:2222/lab/tool.git', 'https://gitlab.example.com:8443/lab/tool', 'lab'],
  ['git@code.example.com:team/tool.git', 'https://code.example.com/gitlab/team/tool', 'rooted'],
  ['git@bitbucket.org:team/tool.git', 'https://bitbucket.org/team/tool', 'bitbucket'],
  ['ssh://git@altssh.bitbucket.org:443/team/tool.git', 'https://bitbucket.org/team/tool', 'bitbucket'],
  ['https://stash.example.com/ctx/scm/KEY/tool.git', 'https://stash.example.com/ctx/scm/KEY/tool', 'stash'],
  ['ssh://git@stash.example.com:7999/KEY/tool.git', 'https://stash.example.com/ctx/scm/KEY/tool', 'stash'],
  ['https://dev.azure.com/org/proj/_git/tool', 'https://dev.azure.com/org/proj/_git/tool', 'azure'],
  ['https://org.visualstudio.com/proj/_git/tool', 'https://dev.azure.com/org/proj/_git/tool', 'azure'],
  [
    'https://org.visualstudio.com/DefaultCollection/proj/_git/tool',
    'https://dev.azure.com/org/proj/_git/tool',
    'azure',
  ],
  [
    'git@ssh.dev.azure.com:v3/org/My%20Project/tool',
    'https://dev.azure.com/org/My%20Project/_git/tool',
    'azure',
  ],
  ['ssh://git@ssh.dev.azure.com/v3/org/proj/tool', 'https://dev.azure.com/org/proj/_git/tool', 'azure'],
  ['ssh://git@ssh.dev.azure.com:22/v3/org/proj/tool', 'https://dev.azure.com/org/proj/_git/tool', 'azure'],
  ['ssh://git@ssh.dev.azure.com:v3/org/proj/tool', 'https://dev.azure.com/org/proj/_git/tool', 'azure'],
  ['org@vs-ssh.visualstudio.com:v3/org/proj/tool', 'https://dev.azure.com/org/proj/_git/tool', 'azure'],
  [
    'ssh://org@vs-ssh.visualstudio.com:22/proj/_ssh/tool',
    'https://dev.azure.com/org/proj/_git/tool',
    'azure',
  ],
  [
    'ssh://org@vs-ssh.visualstudio.com:22/DefaultCollection/proj/_ssh/tool',
    'https://dev.azure.com/org/proj/_git/tool',
    'azure',
  ],
  ['ssh://tfs.example.com/tfs/coll/proj/_git/tool', 'https://tfs.example.com/tfs/coll/proj/_git/tool', 'tfs'],
  ['ssh://git@tea.example.com/acme/tool.git', 'https://tea.example.com/acme/tool', 'tea'],
  [
    'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/tool',
    'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/tool',
    'aws',
  ],
  [
    'ssh://git-codecommit.eu-west-1.amazonaws.com/v1/repos/tool',
    'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/tool',
    'aws',
  ],
  ['codecommit::eu-west-1://tool', 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/tool', 'aws'],
  ['git@git.example.com:Srv/tool.git', 'https://git.example.com/Srv/tool', 'plain'],
  ['http://127.0.0.1:3000/acme/tool', 'http://127.0.0.1:3000/acme/tool', 'local'],
  ['ssh://git@127.0.0.1/acme/tool.git', 'http://127.0.0.1:3000/acme/tool', 'local'],
])('%s', (given, canonical, name) => {
  const target = parse(given);
  if (isProblem(target) || target.kind === 'registry') throw new Error(JSON.stringify(target));
  expect(locationUrl(target.location)).toBe(canonical);
  const winner = choose(catalog, target, today).credential;
  expect(winner?.name).toBe(name);
  expect(winner && rewritten(given, winner, target.location).replace(/\.git$/, '')).toBe(canonical);
});

/** Shapes that git needs no rule for, or that no rule can be written for. */
test.each([
  ['github.com/acme/rnaseq', 'https://github.com/acme/rnaseq', 'github'],
  ['https://GitHub.com:443/Acme/rnaseq/', 'https://github.com/Acme/rnaseq', 'github'],
  ['https://alice:canary-password@github.com/acme/rnaseq', 'https://github.com/acme/rnaseq', 'github'],
  ['git@github.com/acme/rnaseq', 'https://github.com/acme/rnaseq', 'github'],
  ['org-4711@github.com:acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['git@ssh.github.com:acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['ssh://git@github.com:acme/rnaseq.git', 'https://github.com/acme/rnaseq', 'github'],
  ['gitlab.example.com:8443/lab/tool', 'https://gitlab.example.com:8443/lab/tool', 'lab'],
  ['https://gitlab.com/group/sub/tool/-/tree/main/src', 'https://gitlab.com/group/sub/tool', 'gitlab'],
  [
    'https://stash.example.com/ctx/projects/KEY/repos/tool/browse',
    'https://stash.example.com/ctx/scm/KEY/tool',
    'stash',
  ],
  ['https://stash.example.com/ctx/users/me/repos/tool', 'https://stash.example.com/ctx/scm/~me/tool', null],
  ['https://org@dev.azure.com/org/proj/_git/tool', 'https://dev.azure.com/org/proj/_git/tool', 'azure'],
  ['https://dev.azure.com/org/_git/tool', 'https://dev.azure.com/org/tool/_git/tool', 'azure'],
  [
    'https://dev.azure.com/org/proj/_git/_optimized/tool',
    'https://dev.azure.com/org/proj/_git/tool',
    'azure',
  ],
  [
    'ssh://org@org.visualstudio.com:22/DefaultCollection/proj/_git/tool',
    'https://dev.azure.com/org/proj/_git/tool',
    'azure',
  ],
  ['codecommit://dev@tool', 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/tool', 'aws'],
  ['codecommit::cn-north-1://tool', 'https://git-codecommit.cn-north-1.amazonaws.com.cn/v1/repos/tool', null],
  ['https://git.example.com/srv/tool', 'https://git.example.com/srv/tool', null],
  ['https://gitlab.example.com/lab/tool', 'https://gitlab.example.com/lab/tool', null],
  ['ssh://git@elsewhere.example:2222/a/b', 'https://elsewhere.example/a/b', null],
  ['https://[::1]:8443/a/b', 'https://[::1]:8443/a/b', null],
])('%s needs no rule', (given, canonical, name) => {
  const target = parse(given);
  if (isProblem(target) || target.kind === 'registry') throw new Error(JSON.stringify(target));
  expect([locationUrl(target.location), choose(catalog, target, today).credential?.name ?? null]).toEqual([
    canonical,
    name,
  ]);
});

test.each([
  ['http://github.com/acme/rnaseq', 'target-http'],
  ['http://10.0.0.1/acme/rnaseq', 'target-http'],
  ['http://127.0.0.1.evil.example/acme/rnaseq', 'target-http'],
])('rule 8: %s is refused', (given, code) => {
  expect(parse(given)).toMatchObject({ code });
});

test('a wildcard is the last segment', () => {
  expect(parse('https://github.com/acme/*')).toMatchObject({
    wildcard: true,
    location: { segments: ['acme'] },
  });
  expect(parse('git@github.com:acme/*')).toMatchObject({ wildcard: true, location: { segments: ['acme'] } });
  expect(parse('https://github.com/*/rnaseq')).toMatchObject({ code: 'target-wildcard' });
  expect(parse('https://github.com/acme/rna*')).toMatchObject({ code: 'target-wildcard' });
});

test('a line of an input may end in write', () => {
  expect(parse(' github.com/acme/rnaseq  write ')).toMatchObject({
    access: 'write',
    given: 'github.com/acme/rnaseq',
  });
  expect(parse('github.com/acme/write')).toMatchObject({ access: 'read' });
});

describe('registries', () => {
  test.each([
    ['alpine', 'docker.io', ['library', 'alpine']],
    ['docker.io/alpine:3', 'docker.io', ['library', 'alpine']],
    ['index.docker.io/acme', 'docker.io', ['acme']],
    ['ghcr.io/Acme/tool:1.2', 'ghcr.io', ['acme', 'tool']],
    ['registry.example.com:5000', 'registry.example.com:5000', []],
  ])('%s', (given, host, segments) => {
    expect(parse(given, 'registry')).toMatchObject({ kind: 'registry', given, host, segments });
  });
});
