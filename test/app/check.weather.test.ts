import { describe, expect, test } from 'vitest';
import { fakeAws } from '../fakes/hosts/aws.ts';
import { fakeAzureDevops } from '../fakes/hosts/azure-devops.ts';
import { fakeBitbucket } from '../fakes/hosts/bitbucket.ts';
import { fakeBitbucketDataCenter } from '../fakes/hosts/bitbucket-data-center.ts';
import { fakeGitea } from '../fakes/hosts/gitea.ts';
import { fakeGitlab } from '../fakes/hosts/gitlab.ts';
import type { Weather } from '../fakes/hosts/hosts.ts';
import { type HostScene, runCase } from '../providers/check/hosts-table.ts';

const token = [{ secret: 'ATATT-canary', scopes: ['read_repository', 'read:repository', 'read:user'] }];

/** One credential of each kind of host, which is fine when the weather is. */
const scenes: Record<string, HostScene & { target?: string }> = {
  github: {
    credential: '{ name: x, provider: github, token: SECRET',
    targets: 'https://github.com/',
    handler: () => () => null,
  },
  gitlab: {
    credential: '{ name: x, provider: gitlab, token: SECRET',
    targets: 'https://gitlab.com/',
    handler: () => fakeGitlab(token),
  },
  bitbucket: {
    credential: '{ name: x, provider: bitbucket, email: a@example.com, token: SECRET',
    targets: 'https://bitbucket.org/',
    handler: () => fakeBitbucket('a@example.com', token),
  },
  'bitbucket-data-center': {
    credential:
      '{ name: x, provider: bitbucket-data-center, url: "https://dc.example.com", username: ada, token: SECRET',
    targets: 'https://dc.example.com/scm/',
    handler: () => fakeBitbucketDataCenter(token),
  },
  'azure-devops': {
    credential: '{ name: x, provider: azure-devops, token: SECRET',
    targets: 'https://dev.azure.com/',
    target: 'acme/tools/_git/rnaseq',
    handler: () => fakeAzureDevops(token),
  },
  gitea: {
    credential: '{ name: x, provider: gitea, url: "https://tea.example.com", token: SECRET',
    targets: 'https://tea.example.com/',
    handler: () => fakeGitea(token),
  },
  codecommit: {
    credential: '{ name: x, provider: codecommit, access-key-id: AKIAX, secret-access-key: SECRET',
    targets: 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/',
    target: 'rnaseq',
    handler: () => fakeAws([{ accessKeyId: 'AKIAX' }]),
  },
  git: {
    credential: '{ name: x, provider: git, url: "https://git.example.com", username: ada, password: SECRET',
    targets: 'https://git.example.com/',
    handler: () => () => null,
  },
};

const loginPage = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!DOCTYPE html><title>Sign in</title>',
};

/** What becomes of credential and target; `git` has no API that could be asked. */
const weathers: [name: string, weather: Weather, credential: string, target: string][] = [
  ['is down', 'down', 'unreachable', 'unreachable'],
  ['never answers', 'silent', 'unreachable', 'unreachable'],
  ['is overloaded', { status: 503, body: 'overloaded' }, 'unreachable', 'unreachable'],
  [
    'limits for an hour',
    { status: 429, headers: { 'retry-after': '3600' }, body: 'slow' },
    'unknown',
    'unknown',
  ],
  ['shows a login page', loginPage, 'invalid', 'denied'],
  [
    'sends to a login page',
    { status: 302, headers: { location: 'https://sso.example.com/login?to=x' } },
    'invalid',
    'denied',
  ],
  [
    'sends elsewhere',
    { status: 301, headers: { location: 'https://new.example.com/x' } },
    'insufficient',
    'denied',
  ],
];

describe('a host that', () => {
  test.concurrent.each(weathers)('%s', async (_name, weather, credential, target) => {
    const outcomes = Object.entries(scenes).map(async ([host, scene]) => {
      const named = scene.target === undefined ? {} : { target: scene.target };
      const result = await runCase(scene, { secret: 'ATATT-canary', weather, ...named });
      expect(JSON.stringify([result.credential, result.found])).not.toContain('canary');
      return [host, result.credential?.status, result.found?.status];
    });
    const untold = target === 'denied' ? 'insufficient' : 'unknown';
    expect(await Promise.all(outcomes)).toEqual(
      Object.keys(scenes).map((host) => [host, host === 'git' ? untold : credential, target]),
    );
  });
});
