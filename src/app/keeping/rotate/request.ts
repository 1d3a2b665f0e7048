import type { ManifestRequest } from '../../manifest.ts';
import type { StoreRequest } from '../store-request.ts';

export interface RotateRequest {
  readonly manifest: ManifestRequest;
  /** Names of credentials; none for all that can rotate themselves and end within the window. */
  readonly names: readonly string[];
  /** Milliseconds before its end from which a credential is rotated; null: whenever it is asked for. */
  readonly within: number | null;
  /** Days that the new one lasts; null for as long as the old one did. */
  readonly days: number | null;
  /** Where jobs get the secret, or the manifest, from; null when they read it from here. */
  readonly store: StoreRequest | null;
  /** The name under which the store has the manifest. */
  readonly as: string;
  /** The variable with a token that may manage the rotated one, should an answer be lost. */
  readonly recoveryToken: string | null;
  /** Whether to rotate also when nothing could bring a lost answer back. */
  readonly withoutNet: boolean;
  /** The number of a token whose rotation got lost, from the log of that run. */
  readonly recover: number | null;
  /** Paste a new one by hand, also where the host could rotate. */
  readonly guided: boolean;
  /** The new secret of a guided rotation: a variable, a file or `-`; null to ask. */
  readonly from: string | null;
  readonly dryRun: boolean;
}

/** What became of one credential; nothing in it is secret. */
export interface Rotation {
  readonly name: string;
  readonly state: 'rotated' | 'would-rotate' | 'not-due' | 'recovered';
  /** When the new one ends (or the old one, when it is not due): `never`, a date or an instant; null when unknown. */
  readonly expires: string | null;
  /** Where the new value went. */
  readonly kept: readonly string[];
  /** What a person must still do, as sentences. */
  readonly left: readonly string[];
}
