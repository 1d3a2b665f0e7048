import { fakeAws } from '../../fakes/hosts/aws.ts';
import { fakeAzureDevops } from '../../fakes/hosts/azure-devops.ts';
import { fakeBitbucket } from '../../fakes/hosts/bitbucket.ts';
import { fakeBitbucketDataCenter } from '../../fakes/hosts/bitbucket-data-center.ts';
import { fakeGitea } from '../../fakes/hosts/gitea.ts';
import { fakeGitlab } from '../../fakes/hosts/gitlab.ts';
import type { HostScene } from '../../providers/check/hosts-table.ts';

/** Begins as Atlassian's tokens do. */
export const sceneSecret = 'ATATT-canary';

const token = [{ secret: sceneSecret, scopes: ['read_repository', 'read:repository', 'read:user'] }];

/** One credential of each kind of host, which is fine when the weather is. */
export const scenes: Record<string, HostScene & { target?: string }> = {
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
