import type { Permissions } from '../../../core/app-tokens/permissions.ts';
import type { CreatedApp } from '../../../providers/github-app/created-app.ts';
import type { Keep } from '../kept-secret.ts';
import type { StoreRequest } from '../store-request.ts';
import type { Lookup } from './server-address.ts';

export interface CreateAppRequest {
  readonly manifest: string | null;
  /** Of the credential; the App's name comes from it. */
  readonly name: string;
  /** Null for the person's own account. */
  readonly organization: string | null;
  /** Origin of the GitHub: `https://github.com`. */
  readonly server: string;
  /** Address of a repository that the credential is for alone; null for all of the owner. */
  readonly repository: string | null;
  readonly permissions: Permissions;
  readonly webhook: string | null;
  readonly allowPrivateHost: boolean;
  readonly keep: Keep;
  readonly store: StoreRequest | null;
}

export interface CreatedCredential {
  readonly path: string;
  readonly app: Pick<CreatedApp, 'name' | 'slug' | 'page' | 'owner'>;
  /** Where it is installed; null while it is not. */
  readonly account: string | null;
  readonly left: readonly string[];
}

/** Effects that tests bring their own of. */
export interface CreateAppEffects {
  readonly lookup: Lookup;
  /** Milliseconds between two looks for the installation. */
  readonly lookEveryMs: number;
  /** Milliseconds that the person has for each of the two steps. */
  readonly lifeMs: number;
  /** Milliseconds that the browser gets to fetch the last page: it looks every three seconds. */
  readonly lastLookMs: number;
}
