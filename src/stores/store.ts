import type { Fault } from '../core/fault.ts';
import type { Secret } from '../core/secret.ts';

/** One value to be kept under a name that jobs know it by. */
export interface Entry {
  readonly name: string;
  readonly value: Secret;
  /**
   * How a job reads it: `text` as it is, `base64` of it (for values in lines, where a store takes one line only), or
   * `file`: the variable holds the path of a file, where the CI has that.
   */
  readonly form: 'text' | 'base64' | 'file';
}

/** What a store has under a name. */
export interface Found {
  /** The store's own id for it, where it has one. */
  readonly id: string;
  /** Differs after each write; null where the store does not tell. */
  readonly version: string | null;
  /** Whether it holds this entry; null where the store never shows what it holds. */
  readonly holds: (entry: Entry) => boolean | null;
  /** What to keep of it when it is replaced: who may see it, where it reaches. */
  readonly terms: Readonly<Record<string, unknown>>;
  /** What a person should know of it, as a sentence; null for nothing. */
  readonly advice: string | null;
}

/**
 * A place where jobs get secrets from: those of a repository, an environment, an organisation. Its functions throw
 * Failure: `refused` where the host says no, `unreachable` where it says nothing.
 */
export interface Store {
  /** For people: `the secrets of github.com/acme/pipeline`. */
  readonly label: string;
  /** Which form fits a value best. */
  readonly formOf: (value: Secret, holds: 'manifest' | 'line' | 'key') => Entry['form'];
  /** What speaks against an entry before anything is sent: its name, its size, its shape. */
  readonly refusal: (entry: Entry) => Fault | null;
  /** Null when there is nothing of that name. Also proves that the store can be reached and read. */
  readonly find: (name: string) => Promise<Found | null>;
  /** Writes an entry in the place of what was found. Not tried again when no answer came. */
  readonly put: (entry: Entry, found: Found | null) => Promise<void>;
}
