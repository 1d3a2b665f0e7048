import type { Location } from '../location.ts';
import type { GitProviderName, Place } from '../manifest/manifest.ts';

interface TargetBase {
  /** As written by a person. */
  readonly given: string;
  readonly access: 'read' | 'write';
  /** Name of the credential the manifest pins it to. */
  readonly pinned: string | null;
  readonly place: Place | null;
}

/** A git repository, or all repositories directly below a path (`https://HOST/OWNER/*`, `wildcard`). */
export interface RepositoryTarget extends TargetBase {
  readonly kind: 'repository';
  /** Null when no manifest entry and no table names the host. */
  readonly provider: GitProviderName | null;
  /** Canonical https location, also for targets written as ssh. */
  readonly location: Location;
  readonly wildcard: boolean;
  readonly revision: string | null;
}

/** A registry, or a namespace of it. Docker Hub's host is always `docker.io`. */
export interface RegistryTarget extends TargetBase {
  readonly kind: 'registry';
  readonly host: string;
  readonly segments: readonly string[];
}

export type Target = RepositoryTarget | RegistryTarget;
