import type { GitProviderName } from '../core/manifest/manifest.ts';
import { azureDevops } from './azure-devops.ts';
import { bitbucket } from './bitbucket.ts';
import { bitbucketDataCenter } from './bitbucket-data-center.ts';
import { codecommit } from './codecommit.ts';
import { git } from './git.ts';
import { gitea } from './gitea.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import type { GitProvider } from './provider.ts';

/** Every kind of git host, in the order in which people are told of them. */
export const gitProviders: readonly GitProvider[] = [
  github,
  gitlab,
  bitbucket,
  bitbucketDataCenter,
  azureDevops,
  gitea,
  codecommit,
  git,
];

const byName = new Map(gitProviders.map((provider) => [provider.provider, provider]));

/** The provider of that name; the manifest knows no other names. */
export function gitProvider(name: GitProviderName): GitProvider {
  const provider = byName.get(name);
  if (provider === undefined) throw new TypeError(`no provider ${name}`);
  return provider;
}
