import type { Place, ProviderName, SignInKind } from '../manifest/manifest.ts';

/** What became of a credential (design section 6), the worst first. */
export const credentialStatuses = [
  'invalid',
  'expired',
  'insufficient',
  'unreachable',
  'expiring',
  'unknown',
  'ok',
  'inactive',
] as const;
export type CredentialStatus = (typeof credentialStatuses)[number];

/** What became of a target, the worst first; `unknown` is one that could not be asked, such as all of an owner's. */
export const targetStatuses = [
  'denied',
  'not-found',
  'no-such-revision',
  'unreachable',
  'unknown',
  'anonymous',
  'ok',
] as const;
export type TargetStatus = (typeof targetStatuses)[number];

export type OverallStatus = 'ok' | 'expiring' | 'failing';

/** Who says when a credential ends: its host, the manifest, or nobody. */
export type ExpirySource = 'host' | 'manifest' | 'none';

export interface CredentialResult {
  readonly name: string;
  readonly provider: ProviderName;
  readonly kind: SignInKind;
  readonly status: CredentialStatus;
  /** Null when it never ends or nobody knows; `expirySource` tells which. */
  readonly expiresAt: Date | null;
  readonly expirySource: ExpirySource;
  /** Whole days left by the host's clock, rounded down: 0 ends today, -1 has ended. */
  readonly daysLeft: number | null;
  /** Null when the host does not tell them. */
  readonly scopes: readonly string[] | null;
  /** What to add: scopes, permissions or a role, by the host's own names. */
  readonly missing: readonly string[];
  /** Who it is at its host: a login, a bot, an App's slug, an AWS ARN. */
  readonly identity: string | null;
  /** The targets it serves, as in `TargetResult.target`. */
  readonly usedBy: readonly string[];
  /** One sentence without a full stop; never names a target, so that it may be shown in public. */
  readonly message: string;
  /** What to do; empty when there is nothing to do. */
  readonly hint: string;
  readonly contact: string | null;
  readonly place: Place;
}

export interface TargetResult {
  /** Canonical: `https://github.com/acme/rnaseq`, `registry.example.com/lab`. */
  readonly target: string;
  readonly kind: 'repository' | 'registry';
  readonly credential: string | null;
  readonly access: 'read' | 'write';
  readonly status: TargetStatus;
  readonly revision: Revision | null;
  readonly message: string;
  readonly hint: string;
  /** Branches and tags, when they were asked for. */
  readonly revisions: readonly string[] | null;
  readonly proof: Proof;
  readonly place: Place | null;
}

/**
 * What was seen: the credential opening the target, an access that anybody may have, or neither (a sign-in that
 * grants nothing, a refusal).
 */
export type Proof = 'credential' | 'access' | 'none';

/** What a revision means right now. */
export interface Revision {
  /** As written, or the default branch's name. */
  readonly name: string;
  /** The commit, also behind an annotated tag. */
  readonly sha: string;
}

export interface CheckResult {
  readonly checkedAt: Date;
  readonly status: OverallStatus;
  readonly credentials: readonly CredentialResult[];
  readonly targets: readonly TargetResult[];
}
