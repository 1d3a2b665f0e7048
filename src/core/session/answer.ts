import type { SshAddress } from '../manifest/manifest.ts';

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
      /** Absolute paths at which that file may be; git passes over those that are not there. */
      readonly files: readonly string[];
    }
  | {
      /** A helper computes it, from keys in a file, by the session's signer. */
      readonly way: 'signer';
      /** Absolute path of what runs the signer. */
      readonly node: string;
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
