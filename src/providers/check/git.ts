import { unknown } from '../../core/check/answer.ts';
import type { ProviderCheck } from './provider-check.ts';

/** Any other git host: nothing is known of its API. */
export const gitCheck: ProviderCheck = {
  provider: 'git',
  ask: async () =>
    unknown('this host can be asked by git only, and no target proves it', 'Add a private target.'),
  scopeTable: () => null,
  page: () => '',
  gitSuffix: 'as-given',
};
