import type { Problem } from '../failure.ts';
import type { Fault } from '../fault.ts';
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

/** A git repository, or all repositories right below a path (`https://HOST/OWNER/*`, `wildcard`). */
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

/** What is wrong with a target, and where the manifest names it. */
export function problemOf({ place }: Pick<Target, 'place'>, { code, message, hint }: Fault): Problem {
  return {
    severity: 'error',
    code,
    path: place?.path ?? '',
    ...(place?.source ? { source: place.source } : {}),
    line: place?.line ?? null,
    column: place?.column ?? null,
    message,
    hint,
  };
}
