import type { Location } from '../location.ts';
import type { Credential, RegistryScope } from '../manifest/manifest.ts';
import type { GitPrefix } from '../session/grant.ts';
import type { Permissions } from './permissions.ts';

/** One token to be minted: what one installation of an App shall allow. */
export interface MintPlan {
  readonly credential: Credential;
  /** Scheme and host of the forge, without a path. */
  readonly origin: Location;
  /** As a target wrote it; the installation's account must be this one (security rule 16). */
  readonly owner: string;
  /** Names without the owner, at most 500; `all` only where the manifest says so (security rule 15). */
  readonly repositories: 'all' | readonly string[];
  readonly permissions: Permissions;
  /** Where git may use the token; empty for one that is for packages only. */
  readonly git: readonly GitPrefix[];
  readonly registries: readonly RegistryScope[];
  /** Whether the manifest's `installation-id` counts: it names one installation, so not beside other owners. */
  readonly takesGivenInstallation: boolean;
}

/** A plan before it is known whether its App serves other owners, too. */
export type OwnMint = Omit<MintPlan, 'takesGivenInstallation'>;
