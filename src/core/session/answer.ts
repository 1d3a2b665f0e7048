import type { SshAddress } from '../manifest/manifest.ts';

/** The program that signs requests of CodeCommit's, and what runs it; absolute paths. */
export interface Signer {
  readonly node: string;
  readonly script: string;
}

/** How git gets a sign-in: what a section of the session's gitconfig says. Plain data, since a later setup writes it anew. */
export type Answer = {
  /** Whether pushes to ssh addresses stay with the user's key. */
  readonly readOnly: boolean;
} & (
  | {
      /** A helper prints a file. */
      readonly way: 'file';
      /** Absolute paths at which the credential's file may be; the first that is there counts. */
      readonly files: readonly string[];
    }
  | {
      /** A header in a file that the gitconfig includes, for a git that takes no Bearer token from helpers. */
      readonly way: 'header';
      readonly include: string;
    }
  | {
      /** A helper computes it, from keys in a file. */
      readonly way: 'signer';
      readonly signer: Signer;
      readonly files: readonly string[];
    }
  | {
      /** Over ssh, with the key `secret/NUMBER` of a session folder. */
      readonly way: 'ssh';
      readonly folder: string;
      readonly number: number;
      readonly server: SshAddress | null;
    }
);
