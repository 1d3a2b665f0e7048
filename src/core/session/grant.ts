import type { AwsKeys } from '../aws-signature.ts';
import type { Location } from '../location.ts';
import type { Login } from '../login.ts';
import type { Expiry, RegistryScope, SshAddress } from '../manifest/manifest.ts';
import type { Secret } from '../secret.ts';

/** The reserved name of the job's own credential. */
export const jobToken = 'job-token';

/** A prefix of git addresses, in one spelling. */
export interface GitPrefix {
  readonly location: Location;
  /** A repository stands for itself with and without `.git`. */
  readonly kind: 'host' | 'namespace' | 'repository';
  /** Whether the repository was also written without `.git`: only then may rewriting do without it (security rule 11). */
  readonly bare: boolean;
}

/**
 * One sign-in, ready to be written: what `setup` hands to the session. Static tokens give one grant for all they
 * reach; a GitHub App gives one for each installation and permission set.
 */
export interface Grant {
  /** Name of the credential, `job-token` for the job's own. */
  readonly credential: string;
  readonly login: Login;
  /** How the host's API knows the account, where that is not the user name: Bitbucket. */
  readonly email?: string | undefined;
  /** Where git may use it; what selection gives to others inside is taken away when the session is planned. */
  readonly git: readonly GitPrefix[];
  /** Where container tools may use it. */
  readonly registries: readonly RegistryScope[];
  /** Read-only grants leave pushes over ssh to the user's key. */
  readonly access: 'read' | 'write' | 'both';
  readonly expiresAt: Expiry;
}

/** What only git signs in with. */
export type GitOnlySignIn =
  /** A token that its host takes as a Bearer only. */
  | { readonly kind: 'bearer'; readonly token: Secret }
  /** Keys that sign every request of CodeCommit's. */
  | { readonly kind: 'codecommit'; readonly keys: AwsKeys }
  | {
      readonly kind: 'ssh-key';
      readonly key: Secret;
      /** Lines of a known hosts file, for the servers of this key alone. */
      readonly knownHosts: string;
      /** Where the host's ssh is, when not in the usual place. */
      readonly server: SshAddress | null;
    };

/** A grant that means nothing to container tools. */
export interface GitOnlyGrant extends Omit<Grant, 'login' | 'email' | 'registries'> {
  readonly signIn: GitOnlySignIn;
}

/** Whatever signs git in. */
export type GitGrant = Grant | GitOnlyGrant;
