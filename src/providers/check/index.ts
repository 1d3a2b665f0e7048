import type { GitProviderName } from '../../core/manifest/manifest.ts';
import { azureDevopsCheck } from './azure-devops.ts';
import { bitbucketCheck } from './bitbucket.ts';
import { bitbucketDataCenterCheck } from './bitbucket-data-center.ts';
import { codecommitCheck } from './codecommit.ts';
import { gitCheck } from './git.ts';
import { giteaCheck } from './gitea.ts';
import { githubCheck } from './github.ts';
import { gitlabCheck } from './gitlab.ts';
import type { ProviderCheck } from './provider-check.ts';

/** How each kind of git host is asked. */
const providerChecks: Readonly<Record<GitProviderName, ProviderCheck>> = {
  github: githubCheck,
  gitlab: gitlabCheck,
  bitbucket: bitbucketCheck,
  'bitbucket-data-center': bitbucketDataCenterCheck,
  'azure-devops': azureDevopsCheck,
  gitea: giteaCheck,
  codecommit: codecommitCheck,
  git: gitCheck,
};

/** The check of that provider; of a host that nothing names, that of any git host. */
export function providerCheck(name: GitProviderName | null): ProviderCheck {
  return providerChecks[name ?? 'git'];
}
