import type { Secret } from '../core/secret.ts';
import type { Store } from './store.ts';
import { storedText } from './stored-text.ts';

/** A file as a store sees it. */
export interface SecretFile {
  readonly path: string;
  /** Null when there is none. */
  readonly read: () => Secret | null;
  /** Replaces the whole at once, with mode 0600. */
  readonly write: (text: Secret) => void;
}

/** A file of this machine, for one value. */
export function fileStore(file: SecretFile): Store {
  return {
    label: `the file ${file.path}`,
    formOf: () => 'text',
    refusal: () => null,
    find: async () => {
      const held = file.read();
      if (held === null) return null;
      return {
        id: '',
        version: null,
        holds: (entry) => held.reveal() === storedText(entry),
        terms: {},
        advice: null,
      };
    },
    put: async ({ value }) => file.write(value),
  };
}
