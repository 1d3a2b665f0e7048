import type { HostRules } from './host-rules.ts';
import type { SignInKind } from './manifest/manifest.ts';

/** What reading a manifest needs to know of a git provider; data and pure functions only. */
export interface ProviderFacts extends HostRules {
  /** Other names a manifest may use. */
  readonly aliases: readonly string[];
  /** What a credential of this provider may sign in with. */
  readonly signIns: readonly SignInKind[];
  /** Sign-ins that are nothing without a `username`. */
  readonly needsUsername: readonly SignInKind[];
  /** Whether a token may come with an `email`. */
  readonly usesEmail: boolean;
  /** Whether a credential without `url` (or `organization`) covers nothing here. */
  readonly needsUrl: boolean;
  /** Whether there are servers of this kind beside its public hosts, for base URLs to name. */
  readonly selfHosted: boolean;
  /** When a declared date ends: at the end of that day (UTC) or as it begins. */
  readonly dateEnds: 'after-the-day' | 'as-it-begins';
  /** Sign-ins that the host no longer takes: what happened, and what to use instead. */
  readonly retired: Readonly<
    Partial<Record<SignInKind, { readonly message: string; readonly hint: string }>>
  >;
}
