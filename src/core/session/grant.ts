import type { Location } from '../location.ts';
import type { RegistryScope } from '../manifest/manifest.ts';
import type { Secret } from '../secret.ts';

/** A user name and a secret, as git and docker take them. */
export interface Login {
  readonly username: string;
  readonly password: Secret;
}

/** A prefix of git addresses that a grant serves. Prefixes never overlap in a surprising way: the longest wins. */
export interface GitPrefix {
  readonly location: Location;
  readonly kind: 'host' | 'namespace' | 'repository';
}

/**
 * One sign-in, ready to be written: what `setup` hands to the session. Static tokens give one grant for all they
 * reach; a GitHub App gives one for each installation and permission set.
 */
export interface Grant {
  /** Name of the credential, `job-token` for the job's own. */
  readonly credential: string;
  readonly login: Login;
  /** Where git may use it. */
  readonly git: readonly GitPrefix[];
  /** Where container tools may use it. */
  readonly registries: readonly RegistryScope[];
  /** Read-only grants leave pushes over ssh to the user's key. */
  readonly access: 'read' | 'write' | 'both';
  readonly expiresAt: Date | null;
}
