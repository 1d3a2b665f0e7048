import type { Purpose } from '../manifest/manifest.ts';

/** What a credential must be able to do, by what the manifest uses it for. */
export type Ability = 'read' | 'write' | 'pull-images' | 'push-images' | 'webhooks' | 'pull-requests';

const byPurpose: Readonly<Record<Purpose, Ability>> = {
  clone: 'read',
  push: 'write',
  packages: 'pull-images',
  webhooks: 'webhooks',
  'pull-requests': 'pull-requests',
};

/** The targets that a credential serves, and what it is declared to be for. */
export interface Need {
  readonly repositories: readonly { readonly access: 'read' | 'write' }[];
  readonly registries: readonly { readonly access: 'read' | 'write' }[];
  readonly purposes: readonly Purpose[];
}

/** The abilities needed, each once. */
export function neededAbilities({ repositories, registries, purposes }: Need): readonly Ability[] {
  return [
    ...new Set<Ability>([
      ...repositories.map(({ access }) => access),
      ...registries.map(({ access }) => (access === 'read' ? 'pull-images' : 'push-images')),
      ...purposes.map((purpose) => byPurpose[purpose]),
    ]),
  ];
}
