import type { PlainMap } from '../manifest/edit/plain.ts';

/** Something in a checkout that tells what its jobs need. */
export type Finding =
  /** A repository that is needed: a submodule, a checkout of another one. */
  | {
      readonly kind: 'repository';
      /** Also `./NAME`, of the checkout's own owner, and `.`, the checkout's own. */
      readonly url: string;
      readonly access?: 'write';
      readonly file: string;
      readonly what: string;
    }
  /** The checkout's own remote: it says where this is, and needs no credential of its own in CI. */
  | { readonly kind: 'own'; readonly url: string; readonly file: string }
  | { readonly kind: 'image'; readonly image: string; readonly file: string }
  /** A step that signs in today, as an entry for the manifest; its `url` may be missing. */
  | {
      readonly kind: 'sign-in';
      readonly entry: PlainMap;
      readonly file: string;
      readonly what: string;
      /** What a workflow's step must set for the variables that the entry names. */
      readonly expressions?: Readonly<Record<string, string>>;
    }
  /** Something that a person must look at, as a sentence. */
  | { readonly kind: 'note'; readonly text: string; readonly file: string };

/** A file that may tell something. */
export interface FoundFile {
  /** From the checkout's root, with `/`. */
  readonly path: string;
  readonly text: string;
}
