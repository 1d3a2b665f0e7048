import type { Location } from '../location.ts';
import type { Secret } from '../secret.ts';

/** Every provider a credential may name; aliases (`forgejo`, `bitbucket-server`) are resolved on reading. */
export const providerNames = [
  'github',
  'gitlab',
  'bitbucket',
  'bitbucket-data-center',
  'azure-devops',
  'gitea',
  'codecommit',
  'git',
  'registry',
] as const;
export type ProviderName = (typeof providerNames)[number];
export type GitProviderName = Exclude<ProviderName, 'registry'>;

/** Where something stands in a manifest, for messages. */
export interface Place {
  /** Like `credentials[2].token`. */
  readonly path: string;
  /** The manifest's display name; null when only one manifest was given. */
  readonly source: string | null;
  readonly line: number;
  readonly column: number;
}

/** A value that may be given literally or by name; resolved only for credentials that get used (security rule 6). */
export type Reference =
  | { readonly from: 'text'; readonly text: Secret; readonly place: Place }
  | { readonly from: 'env'; readonly name: string; readonly place: Place }
  | { readonly from: 'file'; readonly path: string; readonly place: Place }
  | { readonly from: 'file-env'; readonly name: string; readonly place: Place };

/**
 * How a credential signs in. `S` stands for what is secret, `T` for what is not (user names, e-mails, ids):
 * references as read, `Secret` and `string` once resolved. Absent optional keys are undefined.
 */
export type SignIn<S, T> =
  | {
      readonly kind: 'token';
      readonly token: S;
      readonly username?: T | undefined;
      readonly email?: T | undefined;
    }
  | { readonly kind: 'password'; readonly password: S; readonly username?: T | undefined }
  | ({ readonly kind: 'app' } & AppSignIn<S, T>)
  | { readonly kind: 'ssh-key'; readonly key: S; readonly knownHosts?: T | undefined }
  | {
      readonly kind: 'aws';
      readonly accessKeyId: T;
      readonly secretAccessKey: S;
      readonly sessionToken?: S | undefined;
    }
  | { readonly kind: 'entra'; readonly token: S }
  | { readonly kind: 'google-key'; readonly key: S }
  | { readonly kind: 'google-token'; readonly token: S };

export interface AppSignIn<S, T> {
  /** Client id or app id: what the JWT's `iss` says. */
  readonly issuer: T;
  readonly privateKey: S;
  readonly installationId?: T | undefined;
  /** Further permissions, with GitHub's underscores: `{ pull_requests: 'write' }`. */
  readonly permissions: Readonly<Record<string, 'read' | 'write' | 'admin'>>;
  /** `listed`: only the targets; `all`: everything the installation has; names: a ceiling for `listed`. */
  readonly repositories: 'listed' | 'all' | readonly string[];
  readonly slug?: T | undefined;
  readonly clientSecret?: S | undefined;
  readonly webhookSecret?: S | undefined;
}

export type SignInKind = SignIn<unknown, unknown>['kind'];
export type ReferencedSignIn = SignIn<Reference, Reference>;
export type ResolvedSignIn = SignIn<Secret, string>;

/** `never`, or the first instant at which the credential no longer works; null when the manifest does not say. */
export type Expiry = 'never' | Date | null;

/** A registry host with an optional namespace: `registry.example.com/lab`. Docker Hub's host is always `docker.io`. */
export interface RegistryScope {
  readonly host: string;
  readonly segments: readonly string[];
}

/** A further ssh address of a credential's host: `git@ssh.example.com:2222`. */
export interface SshAddress {
  readonly user: string;
  readonly host: string;
  /** 22 when not written. */
  readonly port: number;
}

export type Purpose = 'clone' | 'push' | 'webhooks' | 'pull-requests' | 'packages';

/** One entry of `credentials`, valid and with everything that selection needs. */
export interface Credential {
  readonly name: string;
  readonly provider: ProviderName;
  /** The base URL, from `url` or from `organization`; null for a credential of all its provider's public hosts. */
  readonly base: Location | null;
  /** Registries this credential signs in to: `registry` of provider registry, `registries` of a git credential. */
  readonly registries: readonly RegistryScope[];
  readonly signIn: ReferencedSignIn;
  readonly isDefault: boolean;
  readonly active: boolean;
  readonly expires: Expiry;
  /** What it is good for; `both` when the manifest does not say. */
  readonly access: 'read' | 'write' | 'both';
  /** Null: every environment. */
  readonly environments: readonly string[] | null;
  readonly purposes: readonly Purpose[];
  readonly ssh: readonly SshAddress[];
  /** As `parseApiUrl` gives it: without a trailing slash. */
  readonly apiUrl: string | null;
  /** Host of the token service of a registry, when it is elsewhere (security rule 12). */
  readonly tokenRealm: string | null;
  readonly description: string | null;
  readonly contact: string | null;
  /** Position over all manifests, from 0: the last tie-break. */
  readonly order: number;
  readonly place: Place;
}

/** A target as the manifest or an input wrote it, not yet parsed. */
export interface TargetRequest {
  readonly kind: 'repository' | 'registry';
  /** As written, `url` or `registry`. */
  readonly given: string;
  readonly access: 'read' | 'write';
  readonly revision: string | null;
  /** `credential: NAME`. */
  readonly pinned: string | null;
  /** Null for targets of the command line and of inputs. */
  readonly place: Place | null;
}

/** All manifests given, read, checked and merged. */
export interface Manifest {
  readonly credentials: readonly Credential[];
  readonly targets: readonly TargetRequest[];
}
